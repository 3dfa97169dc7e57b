//! How much memory this process takes, and how long it was at work, where the system tells.

/// Forgets the highest mark.
pub(crate) fn reset() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// The highest mark since the last reset, in MiB; 0 where the system does not tell.
pub(crate) fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Milliseconds that this thread has had a processor: a machine that does other things besides makes
/// everything slower, but not this longer. 0 where the system does not tell.
pub(crate) fn at_work() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split_whitespace().next().and_then(|nanoseconds| nanoseconds.parse::<f64>().ok()).unwrap_or(0.0) / 1e6
}
