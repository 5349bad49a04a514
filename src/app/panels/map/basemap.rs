//! The layers under the marks: the bundled basemap with its relief, a PMTiles archive of the
//! user's, or, only if asked for, OpenStreetMap over the network.

use std::path::{Path, PathBuf};

use egui::Context;
use walkers::sources::OpenStreetMap;
use walkers::{HttpOptions, HttpTiles, Map, Style};

use super::style::{BasemapStyle, MapColors};
use super::tiles::{ArchiveError, ArchiveTiles, BaseLabel, Look};
use crate::view::{Basemap, Theme, View};

/// Natural Earth and GeoNames as vector tiles, zoom 0–7; `assets/README.md` says how it was made.
pub const BUNDLED: &[u8] = include_bytes!("../../../../assets/basemap.pmtiles");
/// Shaded relief as grey JPEG tiles, zoom 0–4.
const RELIEF: &[u8] = include_bytes!("../../../../assets/relief.pmtiles");

/// Tells the tile server who asks, as its usage policy wants
/// (<https://operations.osmfoundation.org/policies/tiles/>).
const USER_AGENT: &str = concat!("Chronotope/", env!("CARGO_PKG_VERSION"));

/// Why there is no basemap.
#[derive(Debug, thiserror::Error)]
pub enum BasemapError {
    #[error("“{}” cannot be the basemap: {source}. The bundled basemap is shown instead.", path.display())]
    File { path: PathBuf, source: ArchiveError },
    #[error("the bundled basemap cannot be read: {0}. Please report this; the marks are shown without it.")]
    Bundled(#[from] ArchiveError),
    #[error("the style of the basemap is broken: {0}. Please report this; the marks are shown without it.")]
    Style(#[from] serde_json::Error),
}

/// What the layers were made for; they are made again when it changes.
#[derive(Debug, Clone, PartialEq)]
struct Wanted {
    basemap: Basemap,
    theme: Theme,
    show_disputed: bool,
    show_relief: bool,
}

impl Wanted {
    fn of(view: &View) -> Self {
        Self {
            basemap: view.basemap.clone(),
            theme: view.theme,
            show_disputed: view.show_disputed,
            show_relief: view.show_relief,
        }
    }
}

/// The layers as walkers draws them, bottom first.
#[derive(Default)]
pub struct BasemapLayers {
    made_for: Option<Wanted>,
    archive: Option<ArchiveTiles>,
    relief: Option<ArchiveTiles>,
    /// Exists only while the user has online tiles turned on: with it come a client and a thread.
    online: Option<HttpTiles>,
    /// Counts the changes of the labels' source, for caches that depend on it.
    version: u64,
}

impl std::fmt::Debug for BasemapLayers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BasemapLayers")
            .field("made_for", &self.made_for)
            .field("is_online", &self.online.is_some())
            .finish_non_exhaustive()
    }
}

impl BasemapLayers {
    /// Makes the layers that the view asks for, if they are not made yet.
    ///
    /// # Errors
    /// [`BasemapError`] once, when the wanted basemap cannot be made; what could be made is drawn.
    pub fn prepare(&mut self, ctx: &Context, view: &View, colors: &MapColors) -> Result<(), BasemapError> {
        let wanted = Wanted::of(view);
        if self.made_for.as_ref() != Some(&wanted) {
            let before = self.made_for.replace(wanted.clone());
            self.version += 1;
            self.make(ctx, &wanted, before.as_ref(), colors)?;
        }
        for tiles in self.archive.iter_mut().chain(&mut self.relief) {
            tiles.begin_frame();
        }
        Ok(())
    }

    fn make(
        &mut self,
        ctx: &Context,
        wanted: &Wanted,
        before: Option<&Wanted>,
        colors: &MapColors,
    ) -> Result<(), BasemapError> {
        self.online = (wanted.basemap == Basemap::Online).then(|| online(ctx));
        let has_relief = wanted.basemap == Basemap::Bundled && wanted.show_relief;
        if !has_relief {
            self.relief = None;
        } else if self.relief.is_none() || before.is_some_and(|b| b.theme != wanted.theme) {
            self.relief = Some(ArchiveTiles::from_bytes(RELIEF, Look::relief(colors), ctx.clone())?);
        }
        let is_same_archive = before.is_some_and(|b| b.basemap == wanted.basemap);
        match &wanted.basemap {
            Basemap::Online => self.archive = None,
            Basemap::Bundled => {
                let look = bundled_look(colors, wanted.show_disputed)?;
                let is_same_look = before
                    .is_some_and(|b| (b.theme, b.show_disputed) == (wanted.theme, wanted.show_disputed));
                match &mut self.archive {
                    Some(_) if is_same_archive && is_same_look => {}
                    Some(archive) if is_same_archive => archive.set_look(look),
                    _ => self.archive = Some(ArchiveTiles::from_bytes(BUNDLED, look, ctx.clone())?),
                }
            }
            Basemap::File(path) => {
                self.archive = None;
                match file(path, wanted, colors, ctx) {
                    Ok(archive) => self.archive = Some(archive),
                    Err(error) => {
                        let look = bundled_look(colors, wanted.show_disputed)?;
                        self.archive = Some(ArchiveTiles::from_bytes(BUNDLED, look, ctx.clone())?);
                        return Err(error);
                    }
                }
            }
        }
        Ok(())
    }

    /// Puts the layers on the map.
    pub fn add_to<'a, 'b: 'a>(&'b mut self, mut map: Map<'a, 'b, 'a>, zoom: f64) -> Map<'a, 'b, 'a> {
        if let Some(tiles) = &mut self.online {
            map = map.with_layer(tiles as &mut dyn walkers::Tiles, 1.0);
        }
        if let Some(tiles) = &mut self.archive {
            map = map.with_layer(tiles as &mut dyn walkers::Tiles, 1.0);
        }
        if let Some(tiles) = &mut self.relief {
            map = map.with_layer(tiles as &mut dyn walkers::Tiles, relief_strength(zoom));
        }
        map
    }

    /// Labels of what was drawn last.
    pub fn labels(&self) -> impl Iterator<Item = &BaseLabel> {
        self.archive.iter().flat_map(ArchiveTiles::labels)
    }

    /// Changes when the labels may have: another source or other tiles in sight.
    pub fn labels_key(&self) -> u64 {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        self.version.hash(&mut hasher);
        // Tiles come in the order of a flood from the centre; the set is what counts.
        let mut seen: Vec<_> =
            self.archive.iter().flat_map(ArchiveTiles::seen).map(|t| (t.zoom, t.x, t.y)).collect();
        seen.sort_unstable();
        seen.hash(&mut hasher);
        hasher.finish()
    }
}

/// Its pixels are 4 km wide: drawn large, relief would be mere blots.
fn relief_strength(zoom: f64) -> f32 {
    const FULL_TO: f64 = 6.0;
    const GONE_AT: f64 = 10.5;
    ((GONE_AT - zoom) / (GONE_AT - FULL_TO)).clamp(0.0, 1.0) as f32
}

/// Who must be named for the basemap in sight.
pub fn attribution(basemap: &Basemap) -> String {
    match basemap {
        Basemap::Bundled => "Map: Natural Earth. Places: GeoNames, CC BY 4.0".to_owned(),
        Basemap::Online => "© OpenStreetMap contributors. Places: GeoNames, CC BY 4.0".to_owned(),
        Basemap::File(path) => {
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
            format!("Map: {name}. Places: GeoNames, CC BY 4.0")
        }
    }
}

fn bundled_look(colors: &MapColors, show_disputed: bool) -> Result<Look, BasemapError> {
    let BasemapStyle { style, label_kinds } = BasemapStyle::new(colors, show_disputed)?;
    Ok(Look::Vector { style, label_kinds: Some(label_kinds) })
}

fn online(ctx: &Context) -> HttpTiles {
    let options = HttpOptions {
        user_agent: Some(walkers::HeaderValue::from_static(USER_AGENT)),
        ..HttpOptions::default()
    };
    HttpTiles::with_options(OpenStreetMap, options, ctx.clone())
}

fn file(
    path: &Path,
    wanted: &Wanted,
    colors: &MapColors,
    ctx: &Context,
) -> Result<ArchiveTiles, BasemapError> {
    // An archive made like the bundled one has its style; the others in the world are mostly of
    // Protomaps' or of OpenMapTiles' schema, for which walkers brings styles.
    let own = bundled_look(colors, wanted.show_disputed)?;
    let is_night = wanted.theme == Theme::Night;
    let look = |is_vector: bool, metadata: &str| {
        let has_layer = |name: &str| metadata.contains(&format!("\"{name}\""));
        if !is_vector {
            return Look::Picture;
        }
        if has_layer("admin1") && has_layer("countries") {
            return own;
        }
        let style = match (has_layer("transportation"), is_night) {
            (true, true) => Style::openmaptiles_basemap_dark(),
            (true, false) => Style::openmaptiles_basemap_light(),
            (false, true) => Style::protomaps_basemap_dark(),
            (false, false) => Style::protomaps_basemap_light(),
        };
        Look::Vector { style, label_kinds: None }
    };
    ArchiveTiles::from_file(path, look, ctx.clone())
        .map_err(|source| BasemapError::File { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(view: &View) -> (BasemapLayers, Result<(), BasemapError>) {
        let mut layers = BasemapLayers::default();
        let result = layers.prepare(&Context::default(), view, &MapColors::of(view.theme));
        (layers, result)
    }

    #[test]
    fn nothing_goes_online_unasked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.pmtiles");
        std::fs::write(&path, BUNDLED).unwrap();
        for basemap in [Basemap::Bundled, Basemap::File(path), Basemap::File("missing.pmtiles".into())] {
            let (layers, _) = prepared(&View { basemap, ..View::default() });
            assert!(layers.online.is_none() && layers.archive.is_some());
        }
    }

    #[test]
    fn a_broken_file_is_named_once_and_the_bundled_map_is_drawn() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("broken.pmtiles");
        std::fs::write(&path, "not tiles").unwrap();
        let view = View { basemap: Basemap::File(path), ..View::default() };
        let (mut layers, first) = prepared(&view);
        let message = first.unwrap_err().to_string();
        assert!(message.contains("broken.pmtiles") && message.contains("PMTiles"), "{message}");
        assert!(layers.archive.is_some());
        assert!(layers.prepare(&Context::default(), &view, &MapColors::of(view.theme)).is_ok());
    }

    #[test]
    fn what_is_drawn_is_credited() {
        assert_eq!(attribution(&Basemap::Bundled), "Map: Natural Earth. Places: GeoNames, CC BY 4.0");
        assert!(attribution(&Basemap::Online).contains("© OpenStreetMap contributors"));
        assert!(attribution(&Basemap::File("/a/b/my.pmtiles".into())).starts_with("Map: my.pmtiles"));
    }
}
