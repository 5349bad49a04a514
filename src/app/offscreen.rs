//! The whole window drawn to a picture, without a display: wgpu renders into a texture.

use std::path::{Path, PathBuf};

use egui::{Pos2, RawInput, Rect, vec2};
use egui_wgpu::{
    RenderState, RendererOptions, ScreenDescriptor, WgpuConfiguration, WgpuSetup, WgpuSetupCreateNew, wgpu,
};

use super::ChronotopeApp;
use crate::state::AppState;

/// Why no picture could be drawn.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    #[error(
        "no graphics adapter was found to draw with ({cause}). On Debian or Ubuntu install the software one: apt-get install mesa-vulkan-drivers"
    )]
    NoAdapter { cause: String },
    #[error("the picture of {width}×{height} pixels could not be drawn: {cause}")]
    Failed { width: u32, height: u32, cause: String },
    #[error(
        "{path}: the picture could not be written: {cause}. Check that the folder exists and may be written to"
    )]
    Unwritable { path: PathBuf, cause: image::ImageError },
}

/// Frames until fonts, layout and the map's camera have come to rest.
const MAX_FRAMES: usize = 240;
/// Seconds that pass between two frames; animations run on this clock and so come out the same.
const FRAME_SECONDS: f64 = 1.0 / 30.0;

/// Draws the window of a state, `size` in pixels, and writes it as PNG.
///
/// # Errors
/// [`RenderError`] if there is nothing to draw with or nowhere to write to.
pub fn render_to_file(state: AppState, size: [u32; 2], path: &Path) -> Result<(), RenderError> {
    let image = render(state, size)?;
    image
        .save_with_format(path, image::ImageFormat::Png)
        .map_err(|cause| RenderError::Unwritable { path: path.to_owned(), cause })
}

/// Draws the window of a state, `size` in pixels.
///
/// # Errors
/// [`RenderError`] if there is nothing to draw with.
pub fn render(state: AppState, size: [u32; 2]) -> Result<image::RgbaImage, RenderError> {
    let render_state = create_render_state()?;
    let ctx = egui::Context::default();
    // Nobody watches the picture come about: what moves on screen is at its end at once.
    ctx.all_styles_mut(|style| style.animation_time = 0.0);
    let mut app = ChronotopeApp::new(&ctx, Some(&render_state), state);
    let screen = ScreenDescriptor { size_in_pixels: size, pixels_per_point: 1.0 };
    let mut last = None;
    for number in 0..MAX_FRAMES {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(size[0] as f32, size[1] as f32))),
            time: Some(number as f64 * FRAME_SECONDS),
            predicted_dt: FRAME_SECONDS as f32,
            focused: true,
            ..RawInput::default()
        };
        let mut output = ctx.run_ui(input, |ui| app.frame(ui));
        upload_textures(&render_state, &mut output.textures_delta);
        let is_at_rest = output
            .viewport_output
            .get(&egui::ViewportId::ROOT)
            .is_none_or(|viewport| viewport.repaint_delay > std::time::Duration::from_secs(1));
        last = Some(output);
        if is_at_rest && number > 2 && app.is_idle() {
            break;
        }
    }
    let failed = |cause: String| RenderError::Failed { width: size[0], height: size[1], cause };
    let output = last.ok_or_else(|| failed("no frame was run".to_owned()))?;
    let shapes = ctx.tessellate(output.shapes, 1.0);
    let texture = paint(&render_state, &screen, &shapes);
    read_back(&render_state, &texture, size).map_err(failed)
}

/// A GPU, or a software one, without any display.
///
/// # Errors
/// [`RenderError::NoAdapter`], with what to install.
pub fn create_render_state() -> Result<RenderState, RenderError> {
    let gpu = adapter_of(wgpu::Backends::PRIMARY);
    // OpenGL looks for a display and complains of its absence on its own: it is only the last resort.
    gpu.or_else(|_| adapter_of(wgpu::Backends::GL))
}

fn adapter_of(backends: wgpu::Backends) -> Result<RenderState, RenderError> {
    let no_adapter = |cause: String| RenderError::NoAdapter { cause };
    let mut create = WgpuSetupCreateNew::without_display_handle();
    create.instance_descriptor.backends = backends;
    let setup = WgpuSetup::CreateNew(create);
    let config = WgpuConfiguration { wgpu_setup: setup.clone(), ..WgpuConfiguration::default() };
    futures::executor::block_on(async {
        let instance = setup.new_instance().await;
        RenderState::create(&config, &instance, None, RendererOptions::PREDICTABLE).await
    })
    .map_err(|error| no_adapter(error.to_string()))
}

fn upload_textures(render_state: &RenderState, delta: &mut egui::TexturesDelta) {
    let mut renderer = render_state.renderer.write();
    for (id, images) in delta.set.drain() {
        for image in images {
            renderer.update_texture(&render_state.device, &render_state.queue, id, &image);
        }
    }
    for id in delta.free.drain() {
        renderer.free_texture(&id);
    }
}

fn paint(
    render_state: &RenderState,
    screen: &ScreenDescriptor,
    shapes: &[egui::ClippedPrimitive],
) -> wgpu::Texture {
    let RenderState { device, queue, .. } = render_state;
    let mut renderer = render_state.renderer.write();
    let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
    let user_buffers = renderer.update_buffers(device, queue, &mut encoder, shapes, screen);
    let texture = device.create_texture(&wgpu::TextureDescriptor {
        label: Some("picture of the window"),
        size: wgpu::Extent3d {
            width: screen.size_in_pixels[0],
            height: screen.size_in_pixels[1],
            depth_or_array_layers: 1,
        },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: render_state.target_format,
        usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
        view_formats: &[],
    });
    {
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let attachment = wgpu::RenderPassColorAttachment {
            view: &view,
            resolve_target: None,
            ops: wgpu::Operations {
                load: wgpu::LoadOp::Clear(wgpu::Color::BLACK),
                store: wgpu::StoreOp::Store,
            },
            depth_slice: None,
        };
        let mut pass = encoder
            .begin_render_pass(&wgpu::RenderPassDescriptor {
                color_attachments: &[Some(attachment)],
                ..wgpu::RenderPassDescriptor::default()
            })
            .forget_lifetime();
        renderer.render(&mut pass, shapes, screen);
    }
    queue.submit(user_buffers.into_iter().chain(std::iter::once(encoder.finish())));
    texture
}

fn read_back(
    render_state: &RenderState,
    texture: &wgpu::Texture,
    size: [u32; 2],
) -> Result<image::RgbaImage, String> {
    let RenderState { device, queue, .. } = render_state;
    let [width, height] = size;
    let row_bytes = (width * 4).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT);
    let buffer = device.create_buffer(&wgpu::BufferDescriptor {
        label: Some("picture of the window"),
        size: u64::from(row_bytes) * u64::from(height),
        usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
        mapped_at_creation: false,
    });
    let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
    encoder.copy_texture_to_buffer(
        texture.as_image_copy(),
        wgpu::TexelCopyBufferInfo {
            buffer: &buffer,
            layout: wgpu::TexelCopyBufferLayout {
                offset: 0,
                bytes_per_row: Some(row_bytes),
                rows_per_image: None,
            },
        },
        wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
    );
    queue.submit(std::iter::once(encoder.finish()));
    let (sender, receiver) = std::sync::mpsc::channel();
    let slice = buffer.slice(..);
    // A dropped receiver means that reading was given up below; then the result has no reader.
    slice.map_async(wgpu::MapMode::Read, move |result| drop(sender.send(result)));
    device.poll(wgpu::PollType::wait_indefinitely()).map_err(|error| error.to_string())?;
    receiver.recv().map_err(|error| error.to_string())?.map_err(|error| error.to_string())?;
    let is_bgra =
        matches!(texture.format(), wgpu::TextureFormat::Bgra8Unorm | wgpu::TextureFormat::Bgra8UnormSrgb);
    let mapped = slice.get_mapped_range().map_err(|error| error.to_string())?;
    let pixels: Vec<u8> = mapped
        .chunks_exact(row_bytes as usize)
        .flat_map(|row| row.chunks_exact(4).take(width as usize))
        .flat_map(|pixel| match pixel {
            [b, g, r, _] if is_bgra => [*r, *g, *b, 255],
            [r, g, b, _] => [*r, *g, *b, 255],
            _ => [0; 4],
        })
        .collect();
    image::RgbaImage::from_raw(width, height, pixels)
        .ok_or_else(|| "the picture has the wrong size".to_owned())
}
