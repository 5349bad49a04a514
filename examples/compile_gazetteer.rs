//! Packs the tables that `assets/make` writes into `assets/gazetteer.bin`:
//! `cargo run --release --no-default-features --example compile_gazetteer -- FOLDER OUT`

use std::path::PathBuf;

use anyhow::Context;
use chronotope::gazetteer::compile;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(folder), Some(out)) = (arguments.next(), arguments.next()) else {
        anyhow::bail!("expected the folder of places.tsv and outlines.tsv, and the file to write");
    };
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let packed = compile::compile(&read("places.tsv")?, &read("outlines.tsv")?)?;
    for (section, n_bytes) in &packed.sections {
        println!("   {:>10} {n_bytes:>9}", format!("{section:?}"));
    }
    println!("   {} places, {} names, {} bytes", packed.n_places, packed.n_names, packed.bytes.len());
    std::fs::write(&out, packed.bytes).with_context(|| format!("cannot write {}", out.display()))
}
