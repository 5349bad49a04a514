//! Tiles of a PMTiles archive, in memory or on disk, for walkers.
//!
//! walkers' own `PmTiles` opens a path only, and goes blank on an archive that ends before the
//! map's zoom. This one takes the tile above and shows a part of it.

use std::collections::HashMap;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use egui::{Color32, ColorImage, Context, Rect, TextureOptions, pos2};
use futures::executor::block_on;
use pmtiles::{
    AsyncBackend, AsyncPmTilesReader, BackendResponse, HashMapCache, PmtError, PmtResult, TileCoord, TileType,
};
use walkers::{Style, Tile, TileId, TilePiece, Tiles, sources::Attribution};

use super::style::{LabelKind, MapColors, rank_from_text_size};
use crate::geo::mercator::WorldPos;

/// Decoded tiles kept; about three screens of them.
const CACHED_TILES: usize = 96;

/// Tiles are drawn at this many points a side, so a tile of zoom z serves map zoom z + 1.
const TILE_SIZE: u32 = 512;

/// Why an archive cannot be a basemap.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    #[error("cannot read it: {0}")]
    Unreadable(#[from] std::io::Error),
    #[error("it is not a PMTiles archive (version 3): {0}")]
    NotPmTiles(#[from] PmtError),
    #[error("its header points outside the file; it is damaged or truncated")]
    Damaged,
    #[error("its tiles are of a kind that cannot be drawn ({0:?}); PNG, JPEG, WebP and MVT can")]
    UnknownTiles(TileType),
}

/// Where the bytes of an archive are.
#[derive(Debug)]
enum Source {
    Memory(Bytes),
    File(Mutex<std::fs::File>),
}

impl AsyncBackend for Source {
    async fn read(&self, offset: usize, length: usize) -> PmtResult<BackendResponse> {
        let bytes = match self {
            Self::Memory(bytes) => {
                let end = offset.saturating_add(length).min(bytes.len());
                bytes.slice(offset.min(end)..end)
            }
            Self::File(file) => {
                let mut file = file.lock().map_err(|_| std::io::Error::other("the file is gone"))?;
                file.seek(SeekFrom::Start(offset as u64))?;
                let mut buffer = Vec::new();
                file.by_ref().take(length as u64).read_to_end(&mut buffer)?;
                Bytes::from(buffer)
            }
        };
        Ok(BackendResponse::new(bytes))
    }
}

/// What the pictures or geometries of an archive become.
pub enum Look {
    /// Vector tiles in a style. With kinds of labels, the labels are taken out of the tiles and
    /// handed to whoever asks for [`ArchiveTiles::labels`]; without, walkers draws them.
    Vector { style: Style, label_kinds: Option<Vec<Option<LabelKind>>> },
    /// Pictures as they are.
    Picture,
    /// Grey pictures of light and shade as see-through colours.
    Relief { shade: Color32, light: Color32, strength: f32 },
}

impl std::fmt::Debug for Look {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Vector { .. } => "Vector",
            Self::Picture => "Picture",
            Self::Relief { .. } => "Relief",
        })
    }
}

impl Look {
    pub fn relief(colors: &MapColors) -> Self {
        Self::Relief { shade: colors.shade, light: colors.light, strength: colors.relief }
    }
}

/// A label of the basemap.
#[derive(Debug, Clone, PartialEq)]
pub struct BaseLabel {
    pub text: String,
    pub at: WorldPos,
    pub kind: LabelKind,
    /// The zoom it first appears at: smaller is more important.
    pub rank: u8,
}

struct Cached {
    tile: Option<Tile>,
    labels: Arc<[BaseLabel]>,
    last_used: u64,
}

/// An archive that walkers can draw.
pub struct ArchiveTiles {
    reader: AsyncPmTilesReader<Source, HashMapCache>,
    look: Look,
    ctx: Context,
    cache: HashMap<TileId, Cached>,
    /// Counts frames, to know which tiles have not been seen for long.
    frame: u64,
    /// Tiles of this frame, each once.
    seen: Vec<TileId>,
}

impl std::fmt::Debug for ArchiveTiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ArchiveTiles")
            .field("look", &self.look)
            .field("cached", &self.cache.len())
            .finish_non_exhaustive()
    }
}

impl ArchiveTiles {
    /// An archive that is part of the program.
    pub fn from_bytes(bytes: &'static [u8], look: Look, ctx: Context) -> Result<Self, ArchiveError> {
        check_header(bytes, bytes.len() as u64)?;
        Self::open(Source::Memory(Bytes::from_static(bytes)), look, ctx)
    }

    /// An archive on disk; `look` decides by the type of its tiles and its metadata (JSON).
    pub fn from_file(
        path: &Path,
        look: impl FnOnce(bool, &str) -> Look,
        ctx: Context,
    ) -> Result<Self, ArchiveError> {
        let mut file = std::fs::File::open(path)?;
        let mut head = Vec::new();
        file.by_ref().take(HEADER_BYTES).read_to_end(&mut head)?;
        check_header(&head, file.metadata()?.len())?;
        let mut archive = Self::open(Source::File(Mutex::new(file)), Look::Picture, ctx)?;
        let is_vector = match archive.reader.get_header().tile_type {
            TileType::Mvt => true,
            TileType::Png | TileType::Jpeg | TileType::Webp => false,
            other => return Err(ArchiveError::UnknownTiles(other)),
        };
        let metadata = block_on(archive.reader.get_metadata()).unwrap_or_default();
        archive.look = look(is_vector, &metadata);
        Ok(archive)
    }

    fn open(source: Source, look: Look, ctx: Context) -> Result<Self, ArchiveError> {
        let reader = block_on(AsyncPmTilesReader::try_from_cached_source(source, HashMapCache::default()))?;
        Ok(Self { reader, look, ctx, cache: HashMap::new(), frame: 0, seen: Vec::new() })
    }

    /// Another look; everything is decoded anew.
    pub fn set_look(&mut self, look: Look) {
        self.look = look;
        self.cache.clear();
    }

    /// To be called before walkers draws a frame.
    pub fn begin_frame(&mut self) {
        self.frame += 1;
        self.seen.clear();
        if self.cache.len() > CACHED_TILES {
            let mut ages: Vec<u64> = self.cache.values().map(|c| c.last_used).collect();
            ages.sort_unstable_by(|a, b| b.cmp(a));
            let oldest = ages.get(CACHED_TILES / 2).copied().unwrap_or(0);
            self.cache.retain(|_, c| c.last_used > oldest);
        }
    }

    /// The tiles drawn in this frame, in the order walkers asked for them.
    pub fn seen(&self) -> &[TileId] {
        &self.seen
    }

    /// Labels of the tiles drawn in this frame. A label near an edge is in both tiles.
    pub fn labels(&self) -> impl Iterator<Item = &BaseLabel> {
        self.seen.iter().filter_map(|id| self.cache.get(id)).flat_map(|c| c.labels.iter())
    }

    fn decode(&self, id: TileId) -> (Option<Tile>, Arc<[BaseLabel]>) {
        let data = TileCoord::new(id.zoom, id.x, id.y)
            .and_then(|coord| block_on(self.reader.get_tile_decompressed(coord)))
            .ok()
            .flatten();
        let Some(data) = data else { return (None, Arc::default()) };
        match &self.look {
            Look::Picture => {
                (Tile::new(&data, &Style::default(), id.zoom, TILE_SIZE, &self.ctx).ok(), Arc::default())
            }
            Look::Relief { shade, light, strength } => {
                (relief_tile(&data, *shade, *light, *strength, &self.ctx), Arc::default())
            }
            Look::Vector { style, label_kinds } => match Tile::from_mvt(&data, style, id.zoom, TILE_SIZE) {
                Ok(Tile::Vector { drawables, texts }) => match label_kinds {
                    Some(kinds) => {
                        let labels = texts.iter().filter_map(|t| base_label(t, id, kinds)).collect();
                        (Some(Tile::Vector { drawables, texts: Vec::new() }), labels)
                    }
                    None => (Some(Tile::Vector { drawables, texts }), Arc::default()),
                },
                other => (other.ok(), Arc::default()),
            },
        }
    }
}

impl Tiles for ArchiveTiles {
    fn at(&mut self, id: TileId) -> Option<TilePiece> {
        let header = self.reader.get_header();
        if id.zoom < header.min_zoom {
            return None;
        }
        let (id, uv) = within_zoom(id, header.max_zoom);
        if !self.cache.contains_key(&id) {
            let (tile, labels) = self.decode(id);
            self.cache.insert(id, Cached { tile, labels, last_used: 0 });
        }
        if !self.seen.contains(&id) {
            self.seen.push(id);
        }
        let cached = self.cache.get_mut(&id)?;
        cached.last_used = self.frame;
        Some(TilePiece::new(cached.tile.clone()?, uv))
    }

    fn attribution(&self) -> Attribution {
        Attribution { text: "", url: "", logo_light: None, logo_dark: None }
    }

    fn tile_size(&self) -> u32 {
        TILE_SIZE
    }
}

/// The tile of at most this zoom that holds another, and the part of it that is meant.
fn within_zoom(id: TileId, max_zoom: u8) -> (TileId, Rect) {
    let levels = id.zoom.saturating_sub(max_zoom).min(31);
    let n = 1u32 << levels;
    let side = 1.0 / n as f32;
    let min = pos2((id.x % n) as f32 * side, (id.y % n) as f32 * side);
    let uv = Rect::from_min_max(min, min + egui::vec2(side, side));
    (TileId { x: id.x / n, y: id.y / n, zoom: id.zoom - levels }, uv)
}

fn base_label(text: &walkers::Text, id: TileId, kinds: &[Option<LabelKind>]) -> Option<BaseLabel> {
    let n = f64::from(id.zoom).exp2();
    let at = |tile: u32, px: f32| (f64::from(tile) + f64::from(px) / f64::from(TILE_SIZE)) / n;
    Some(BaseLabel {
        text: text.text.clone(),
        at: WorldPos { x: at(id.x, text.position.x), y: at(id.y, text.position.y) },
        kind: (*kinds.get(text.layer)?)?,
        rank: rank_from_text_size(text.font_size),
    })
}

/// The grey of level ground and of water in the relief.
const FLAT: u8 = 236;

fn relief_tile(data: &[u8], shade: Color32, light: Color32, strength: f32, ctx: &Context) -> Option<Tile> {
    let picture = image::load_from_memory(data).ok()?.to_luma8();
    let size = [picture.width() as usize, picture.height() as usize];
    // One colour a grey, not one computation a pixel.
    let colors: Vec<Color32> = (0..=255u8).map(|grey| relief_color(grey, shade, light, strength)).collect();
    let pixels =
        picture.pixels().map(|p| colors.get(usize::from(p.0[0])).copied().unwrap_or_default()).collect();
    let image = ColorImage::new(size, pixels);
    Some(Tile::Raster(ctx.load_texture("relief", image, TextureOptions::LINEAR)))
}

/// Clear on level ground; the further from it, the more of the shadow's or the light's colour.
fn relief_color(grey: u8, shade: Color32, light: Color32, strength: f32) -> Color32 {
    // JPEG leaves level ground a little rough; that must stay invisible.
    const ROUGHNESS: f32 = 7.0;
    let from_flat = f32::from(grey) - f32::from(FLAT);
    let (color, range) =
        if from_flat < 0.0 { (shade, f32::from(FLAT)) } else { (light, f32::from(255 - FLAT) * 2.0) };
    let part = ((from_flat.abs() - ROUGHNESS).max(0.0) / range).min(1.0);
    color.gamma_multiply((part * strength).clamp(0.0, 1.0))
}

const HEADER_BYTES: u64 = 127;

/// `pmtiles` slices by the header's root directory without looking; a damaged file must not end
/// the program. Offsets as in the PMTiles specification, version 3, section 3.
fn check_header(head: &[u8], file_len: u64) -> Result<(), ArchiveError> {
    const FIRST_READ: u64 = 16_384;
    let number = |at: usize| -> Result<u64, ArchiveError> {
        let bytes = head.get(at..at + 8).ok_or(PmtError::InvalidHeader)?;
        Ok(u64::from_le_bytes(bytes.try_into().map_err(|_| ArchiveError::Damaged)?))
    };
    if !head.starts_with(b"PMTiles") {
        return Err(PmtError::InvalidMagicNumber.into());
    }
    let (offset, length) = (number(8)?, number(16)?);
    let end = offset.checked_add(length).ok_or(ArchiveError::Damaged)?;
    if offset < HEADER_BYTES || end > FIRST_READ.min(file_len) {
        return Err(ArchiveError::Damaged);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels::map::basemap::BUNDLED;
    use crate::app::panels::map::style::BasemapStyle;
    use crate::view::Theme;

    fn bundled() -> ArchiveTiles {
        let BasemapStyle { style, label_kinds } =
            BasemapStyle::new(&MapColors::of(Theme::Day), true).unwrap();
        let look = Look::Vector { style, label_kinds: Some(label_kinds) };
        ArchiveTiles::from_bytes(BUNDLED, look, Context::default()).unwrap()
    }

    /// The tile that holds Khankendi.
    fn karabakh(zoom: u8) -> TileId {
        let n = 1u32 << zoom;
        let p = crate::geo::mercator::project(crate::geo::LonLat { lon: 46.75, lat: 39.82 });
        TileId { x: (p.x * f64::from(n)) as u32, y: (p.y * f64::from(n)) as u32, zoom }
    }

    #[test]
    fn beyond_its_last_zoom_the_archive_shows_a_part_of_its_last_tile() {
        let mut tiles = bundled();
        tiles.begin_frame();
        let whole = tiles.at(karabakh(7)).unwrap();
        assert_eq!(whole.uv, Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0)));
        let part = tiles.at(karabakh(11)).unwrap();
        assert!((part.uv.width() - 1.0 / 16.0).abs() < 1e-6);
        assert_eq!(tiles.seen(), [karabakh(7)]);
        assert!(tiles.at(karabakh(0)).is_some());
    }

    #[test]
    fn labels_are_read_with_kind_place_and_rank() {
        let mut tiles = bundled();
        tiles.begin_frame();
        tiles.at(karabakh(7));
        let labels: Vec<_> = tiles.labels().collect();
        let khankendi = labels.iter().find(|l| l.text.contains("kendi") || l.text.contains("kəndi")).unwrap();
        assert_eq!(khankendi.kind, LabelKind::City);
        let p = crate::geo::mercator::unproject(khankendi.at);
        assert!((p.lon - 46.75).abs() < 0.02 && (p.lat - 39.82).abs() < 0.02, "{p:?}");
        assert!(labels.iter().any(|l| l.kind == LabelKind::Caption && l.text.contains("1994")));
    }

    #[test]
    fn memory_stays_bounded() {
        let mut tiles = bundled();
        for x in 0..16 {
            tiles.begin_frame();
            for y in 0..16 {
                tiles.at(TileId { x, y, zoom: 4 });
            }
        }
        assert!(tiles.cache.len() <= CACHED_TILES + 16, "{} tiles kept", tiles.cache.len());
    }

    #[test]
    fn a_damaged_archive_is_an_error_and_not_the_end() {
        let whole = BUNDLED.get(..20_000).unwrap();
        let mut wild = whole.to_vec();
        wild[8..16].copy_from_slice(&u64::MAX.to_le_bytes());
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in [
            ("empty", vec![]),
            ("text", b"hello".to_vec()),
            ("head only", whole[..127].to_vec()),
            ("cut in the root", whole[..200].to_vec()),
            ("wild offset", wild),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            let opened = ArchiveTiles::from_file(&path, |_, _| Look::Picture, Context::default());
            let message = opened.map(|_| ()).unwrap_err().to_string();
            assert!(message.contains("PMTiles") || message.contains("damaged"), "{name}: {message}");
        }
        let missing =
            ArchiveTiles::from_file(Path::new("nowhere.pmtiles"), |_, _| Look::Picture, Context::default());
        assert!(matches!(missing, Err(ArchiveError::Unreadable(_))));
    }

    #[test]
    fn level_ground_is_clear_in_the_relief() {
        let color = |grey| relief_color(grey, Color32::BLACK, Color32::WHITE, 1.0);
        for grey in FLAT - 3..=FLAT + 3 {
            assert_eq!(color(grey), Color32::TRANSPARENT, "{grey}");
        }
        assert!(color(100).a() > color(200).a() && color(200).a() > 0);
        assert!(color(255).a() > 0);
    }
}
