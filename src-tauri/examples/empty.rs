//! The empty window of the toolkit: what the start of Tillproof is measured against (`make bench-window`).

use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> Result<(), tauri::Error> {
    tauri::Builder::default()
        .setup(|app| {
            let blank = "about:blank".parse()?;
            WebviewWindowBuilder::new(app, "empty", WebviewUrl::External(blank)).inner_size(1200.0, 800.0).build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
