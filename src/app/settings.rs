//! What persists between runs: the window, the theme, the camera and the panels' widths.
//!
//! A JSON file in the user's configuration directory. A damaged one is set aside, not fatal.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};

use crate::geo::LonLat;
use crate::view::{Basemap, PassageOrder, Theme, View};

/// The settings file, with sizes in points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub window_size: [f32; 2],
    pub maximized: bool,
    pub zoom_factor: f32,
    pub theme: Theme,
    pub timeline_height: f32,
    /// Width of the column with passages and text, as a fraction of the window's.
    pub reader_fraction: f32,
    /// Height of the passages list, as a fraction of that column's.
    pub passages_fraction: f32,
    /// Centre and zoom of the map when it was last at rest, with the file it showed.
    pub camera: Option<SavedCamera>,
    pub basemap: Basemap,
    pub show_disputed: bool,
    pub show_relief: bool,
    pub passage_order: PassageOrder,
}

/// Where the map was, for one set of open files: another text is somewhere else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SavedCamera {
    pub files: Vec<PathBuf>,
    pub center: LonLat,
    pub zoom: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            window_size: [1440.0, 900.0],
            maximized: false,
            zoom_factor: 1.0,
            theme: Theme::Day,
            timeline_height: 226.0,
            reader_fraction: 0.4,
            passages_fraction: 0.36,
            camera: None,
            basemap: Basemap::Bundled,
            show_disputed: true,
            show_relief: true,
            passage_order: PassageOrder::Date,
        }
    }
}

/// What went wrong with the settings file.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    #[error(
        "the settings in {path} were damaged ({cause}); they were set aside as {aside} and the program starts afresh"
    )]
    SetAside { path: PathBuf, aside: PathBuf, cause: String },
    #[error(
        "the settings in {path} are damaged ({cause}) and could not be set aside; the program starts afresh"
    )]
    Damaged { path: PathBuf, cause: String },
    #[error("the settings could not be written to {path}: {cause}. Check that the folder may be written to")]
    Unwritable { path: PathBuf, cause: std::io::Error },
}

/// The settings file of this user; `CHRONOTOPE_SETTINGS` names another one.
pub fn path() -> Option<PathBuf> {
    if let Some(path) = std::env::var_os("CHRONOTOPE_SETTINGS") {
        return Some(PathBuf::from(path));
    }
    let dirs = etcetera::choose_base_strategy().ok()?;
    Some(dirs.config_dir().join("chronotope").join("settings.json"))
}

/// Reads the settings; where there are none, or damaged ones, the defaults with the reason.
pub fn load(path: &Path) -> (Settings, Option<SettingsError>) {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return (Settings::default(), None),
        Err(error) => return (Settings::default(), Some(set_aside(path, error.to_string()))),
    };
    match serde_json::from_slice::<Settings>(&bytes) {
        Ok(settings) => (settings.sane(), None),
        Err(error) => (Settings::default(), Some(set_aside(path, error.to_string()))),
    }
}

fn set_aside(path: &Path, cause: String) -> SettingsError {
    let aside = path.with_extension("json.damaged");
    match std::fs::rename(path, &aside) {
        Ok(()) => SettingsError::SetAside { path: path.to_owned(), aside, cause },
        Err(_) => SettingsError::Damaged { path: path.to_owned(), cause },
    }
}

impl Settings {
    /// Writes the settings; the old file stays whole until the new one is.
    ///
    /// # Errors
    /// [`SettingsError::Unwritable`] when the folder or file cannot be written.
    pub fn save(&self, path: &Path) -> Result<(), SettingsError> {
        let unwritable = |cause| SettingsError::Unwritable { path: path.to_owned(), cause };
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(unwritable)?;
        }
        let text = serde_json::to_string_pretty(self).map_err(|e| unwritable(e.into()))?;
        let new = path.with_extension("json.new");
        std::fs::write(&new, text).map_err(unwritable)?;
        std::fs::rename(&new, path).map_err(unwritable)
    }

    /// Hand-edited numbers are brought into a range in which the window can be used.
    fn sane(mut self) -> Self {
        let clamp = |value: f32, low: f32, high: f32, default: f32| {
            if value.is_finite() { value.clamp(low, high) } else { default }
        };
        let default = Self::default();
        self.window_size = [
            clamp(self.window_size[0], 640.0, 16_384.0, default.window_size[0]),
            clamp(self.window_size[1], 400.0, 16_384.0, default.window_size[1]),
        ];
        self.zoom_factor = clamp(self.zoom_factor, 0.5, 4.0, 1.0);
        self.timeline_height = clamp(self.timeline_height, 120.0, 480.0, default.timeline_height);
        self.reader_fraction = clamp(self.reader_fraction, 0.2, 0.75, default.reader_fraction);
        self.passages_fraction = clamp(self.passages_fraction, 0.12, 0.8, default.passages_fraction);
        self
    }

    /// Puts what belongs to the view into it.
    pub fn apply_to(&self, view: &mut View) {
        view.theme = self.theme;
        view.basemap.clone_from(&self.basemap);
        view.show_disputed = self.show_disputed;
        view.show_relief = self.show_relief;
        view.passage_order = self.passage_order;
    }

    /// Takes what belongs to the view out of it.
    pub fn take_from(&mut self, view: &View) {
        self.theme = view.theme;
        // A network connection is never made because one was allowed on another day.
        self.basemap = if view.basemap == Basemap::Online { Basemap::Bundled } else { view.basemap.clone() };
        self.show_disputed = view.show_disputed;
        self.show_relief = view.show_relief;
        self.passage_order = view.passage_order;
    }
}
