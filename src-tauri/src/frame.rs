//! Where the window stands and how large everything in it is shown, kept from one start to the next
//! in a small JSON file in the app's own folder.
//!
//! Deliberately absent: a place that nobody could reach. What lay on a screen that is gone is put
//! where the system puts new windows.

use crate::shell::Shell;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{AppHandle, Manager, Monitor, Runtime, WebviewWindow, WebviewWindowBuilder};

/// The size of a window that was never opened.
const FIRST: (f64, f64) = (1200.0, 800.0);
/// What the page needs.
const LEAST: (f64, f64) = (900.0, 600.0);
/// So high is the menu bar at most, where it is part of the window.
const BAR: f64 = if cfg!(target_os = "linux") { 30.0 } else { 0.0 };
/// So much of the top edge has to be on a screen, for a person to get hold of it.
const HOLD: (f64, f64) = (120.0, 32.0);
/// The steps of the zoom, as browsers have them.
const STEPS: [f64; 9] = [0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0];

/// The window, in pixels as the page counts them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Frame {
    /// The left upper corner; none where the system puts new windows.
    place: Option<(f64, f64)>,
    size: (f64, f64),
    maximised: bool,
    zoom: f64,
}

impl Default for Frame {
    fn default() -> Self {
        Self { place: None, size: FIRST, maximised: false, zoom: 1.0 }
    }
}

/// A screen, in the same pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Screen {
    place: (f64, f64),
    size: (f64, f64),
}

impl From<&Monitor> for Screen {
    fn from(monitor: &Monitor) -> Self {
        let scale = monitor.scale_factor();
        let (place, size) = (monitor.position().to_logical::<f64>(scale), monitor.size().to_logical::<f64>(scale));
        Self { place: (place.x, place.y), size: (size.width, size.height) }
    }
}

impl Frame {
    /// The frame as these screens can show it. Without any, the system decides.
    fn on(self, screens: &[Screen]) -> Self {
        let finite = |(x, y): (f64, f64)| x.is_finite() && y.is_finite();
        let mut frame = self;
        if !finite(frame.size) {
            frame.size = FIRST;
        }
        if !frame.zoom.is_finite() {
            frame.zoom = 1.0;
        }
        frame.zoom = frame.zoom.clamp(STEPS[0], STEPS[STEPS.len() - 1]);
        frame.place = frame
            .place
            .filter(|place| finite(*place) && screens.iter().any(|screen| screen.holds(*place, frame.size.0)));
        let most = |of: fn(&Screen) -> f64| screens.iter().map(of).fold(f64::NAN, f64::max);
        frame.size = (
            frame.size.0.min(most(|screen| screen.size.0)).max(LEAST.0),
            frame.size.1.min(most(|screen| screen.size.1)).max(LEAST.1 + BAR),
        );
        frame
    }
}

impl Screen {
    /// Whether enough of the top edge of a window is to be seen here.
    fn holds(&self, (x, y): (f64, f64), width: f64) -> bool {
        let seen = (x + width).min(self.place.0 + self.size.0) - x.max(self.place.0);
        let below = self.place.1 + self.size.1 - y;
        seen >= HOLD.0 && y >= self.place.1 && below >= HOLD.1
    }
}

/// The frame on disk.
#[derive(Debug)]
pub(crate) struct FrameFile {
    file: PathBuf,
}

impl FrameFile {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self { file: folder.join("window.json") }
    }

    /// The frame; where it is missing or damaged, that of a first start.
    fn read(&self) -> Frame {
        std::fs::read(&self.file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    fn write(&self, frame: &Frame) {
        let written = serde_json::to_vec_pretty(frame).map_err(Into::into);
        if let Err(error) = written.and_then(|bytes| crate::recent::swap_in(&self.file, &bytes)) {
            // The next start is as the last one was; nobody is to be bothered with it.
            eprintln!("The place of the window cannot be kept: {error}");
        }
    }
}

/// Gives a window the frame it had.
pub(crate) fn restore<'a, R: Runtime, M: Manager<R>>(
    app: &AppHandle,
    mut window: WebviewWindowBuilder<'a, R, M>,
) -> WebviewWindowBuilder<'a, R, M> {
    let screens: Vec<Screen> = app.available_monitors().unwrap_or_default().iter().map(Screen::from).collect();
    let frame = app.state::<Arc<Shell>>().frame.read().on(&screens);
    if let Some((x, y)) = frame.place {
        window = window.position(x, y);
    }
    window.inner_size(frame.size.0, frame.size.1).min_inner_size(LEAST.0, LEAST.1 + BAR).maximized(frame.maximised)
}

/// Shows everything as large as it was, and listens to the keys for it.
pub(crate) fn restore_zoom(window: &WebviewWindow) {
    let zoom = window.state::<Arc<Shell>>().frame.read().on(&[]).zoom;
    if (zoom - 1.0).abs() > f64::EPSILON {
        drop(window.set_zoom(zoom));
    }
    #[cfg(target_os = "linux")]
    listen_for_zoom(window);
}

/// Ctrl with plus, minus or nought, wherever they lie on the keyboard.
#[cfg(target_os = "linux")]
fn listen_for_zoom(window: &WebviewWindow) {
    use gtk::gdk::{ModifierType, keys::constants as key};
    use gtk::prelude::WidgetExt;
    let Ok(outer) = window.gtk_window() else { return };
    let app = window.app_handle().clone();
    outer.connect_key_press_event(move |_, event| {
        let held = event.state();
        if !held.contains(ModifierType::CONTROL_MASK) || held.contains(ModifierType::MOD1_MASK) {
            return gtk::glib::Propagation::Proceed;
        }
        let wish = match event.keyval() {
            key::plus | key::equal | key::KP_Add => Zoom::Larger,
            key::minus | key::KP_Subtract => Zoom::Smaller,
            key::_0 | key::KP_0 => Zoom::Plain,
            _ => return gtk::glib::Propagation::Proceed,
        };
        zoom(&app, wish);
        gtk::glib::Propagation::Stop
    });
}

/// How large everything is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Zoom {
    Larger,
    Smaller,
    Plain,
}

/// The step after this one, in a direction.
fn next(zoom: f64, wish: Zoom) -> f64 {
    const NEAR: f64 = 0.01;
    let found = match wish {
        Zoom::Plain => Some(1.0),
        Zoom::Larger => STEPS.into_iter().find(|step| *step > zoom + NEAR),
        Zoom::Smaller => STEPS.into_iter().rev().find(|step| *step < zoom - NEAR),
    };
    found.unwrap_or(zoom)
}

/// Shows everything larger or smaller, now and after the next start.
pub(crate) fn zoom(app: &AppHandle, wish: Zoom) {
    let shell = app.state::<Arc<Shell>>();
    let mut frame = shell.frame.read();
    frame.zoom = next(frame.zoom, wish);
    if let Some(window) = app.get_webview_window("main")
        && window.set_zoom(frame.zoom).is_ok()
    {
        shell.frame.write(&frame);
    }
}

/// Keeps where the window stands. A maximised one keeps what it was before.
pub(crate) fn keep<R: Runtime>(window: &tauri::Window<R>) {
    let shell = window.state::<Arc<Shell>>();
    let mut frame = shell.frame.read();
    let known = || -> Result<(bool, bool, f64), tauri::Error> {
        Ok((window.is_minimized()?, window.is_maximized()?, window.scale_factor()?))
    };
    let Ok((minimised, maximised, scale)) = known() else { return };
    if minimised {
        return;
    }
    frame.maximised = maximised;
    if !maximised {
        if let Ok(size) = window.inner_size() {
            let size = size.to_logical::<f64>(scale);
            frame.size = (size.width, size.height);
        }
        if let Ok(place) = window.outer_position() {
            let place = place.to_logical::<f64>(scale);
            frame.place = Some((place.x, place.y));
        }
    }
    shell.frame.write(&frame);
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAPTOP: Screen = Screen { place: (0.0, 0.0), size: (1366.0, 768.0) };
    const BESIDE: Screen = Screen { place: (1366.0, -200.0), size: (1920.0, 1080.0) };

    fn at(place: (f64, f64), size: (f64, f64)) -> Frame {
        Frame { place: Some(place), size, ..Frame::default() }
    }

    #[test]
    fn a_window_is_never_where_nobody_can_get_hold_of_it() {
        let check = |frame: Frame, screens: &[Screen], place: Option<(f64, f64)>, why: &str| {
            assert_eq!(frame.on(screens).place, place, "{why}");
        };
        let beside = at((1500.0, -100.0), (1000.0, 700.0));
        check(beside, &[LAPTOP, BESIDE], Some((1500.0, -100.0)), "it stood on the second screen");
        check(beside, &[LAPTOP], None, "that screen is gone");
        check(beside, &[], None, "no screen is known");
        check(at((-900.0, 10.0), (1000.0, 700.0)), &[LAPTOP], None, "100 pixels of it are too little to hold");
        check(at((-800.0, 10.0), (1000.0, 700.0)), &[LAPTOP], Some((-800.0, 10.0)), "200 pixels can be held");
        check(at((10.0, -50.0), (1000.0, 700.0)), &[LAPTOP], None, "its title would be above the screen");
        check(at((10.0, 760.0), (1000.0, 700.0)), &[LAPTOP], None, "its title would be below the screen");
        check(at((f64::NAN, 0.0), (1000.0, 700.0)), &[LAPTOP], None, "that is no place");
    }

    #[test]
    fn a_window_is_no_larger_than_the_largest_screen_and_never_too_small() {
        let check = |size: (f64, f64), screens: &[Screen], expected: (f64, f64), why: &str| {
            assert_eq!(at((0.0, 0.0), size).on(screens).size, expected, "{why}");
        };
        check((1000.0, 700.0), &[LAPTOP], (1000.0, 700.0), "it fits");
        check((2500.0, 1400.0), &[LAPTOP], LAPTOP.size, "it was on a large screen that is gone");
        check((1800.0, 1000.0), &[LAPTOP, BESIDE], (1800.0, 1000.0), "it fits on the second screen");
        check((1800.0, 1000.0), &[], (1800.0, 1000.0), "no screen is known");
        check((10.0, 10.0), &[LAPTOP], (LEAST.0, LEAST.1 + BAR), "the page needs more");
        check((f64::INFINITY, 3.0), &[], (FIRST.0, FIRST.1), "that is no size");
    }

    #[test]
    fn everything_grows_and_shrinks_in_steps() {
        assert!((next(1.0, Zoom::Larger) - 1.1).abs() < 1e-9, "one step");
        assert!((next(1.0, Zoom::Smaller) - 0.9).abs() < 1e-9, "one step");
        assert!((next(2.0, Zoom::Larger) - 2.0).abs() < 1e-9, "it is as large as can be");
        assert!((next(0.67, Zoom::Smaller) - 0.67).abs() < 1e-9, "it is as small as can be");
        assert!((next(1.3, Zoom::Larger) - 1.5).abs() < 1e-9, "between two steps");
        assert!((next(1.75, Zoom::Plain) - 1.0).abs() < 1e-9, "back");
        assert!((Frame { zoom: 40.0, ..Frame::default() }.on(&[]).zoom - 2.0).abs() < 1e-9, "a damaged file");
    }

    #[test]
    fn what_is_kept_is_found_and_what_is_damaged_is_a_first_start() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = FrameFile::in_folder(folder.path());
        assert_eq!(file.read(), Frame::default(), "a first start");
        let frame = Frame { maximised: true, zoom: 1.25, ..at((3.0, 4.0), (1000.0, 700.0)) };
        file.write(&frame);
        assert_eq!(file.read(), frame, "it was kept");
        for damage in ["", "{", "[]", "{\"size\": 3}"] {
            std::fs::write(&file.file, damage).expect("a file");
            assert_eq!(file.read(), Frame::default(), "{damage:?}");
        }
    }
}
