"""Copies the static fonts and their licences, and proves that together they cover what we write.

egui takes static TrueType fonts and does no shaping, so each file is one
instance, whole (all are under 400 kB; nothing is subset).
"""
import shutil
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

import paths

# (npm package, folder in it, file)
FONTS = (
    ("source-serif-4", "400Regular", "SourceSerif4_400Regular"),
    ("source-serif-4", "400Regular_Italic", "SourceSerif4_400Regular_Italic"),
    ("source-serif-4", "600SemiBold", "SourceSerif4_600SemiBold"),
    ("inter", "400Regular", "Inter_400Regular"),
    ("inter", "500Medium", "Inter_500Medium"),
    ("inter", "600SemiBold", "Inter_600SemiBold"),
    ("noto-sans-armenian", "400Regular", "NotoSansArmenian_400Regular"),
    ("noto-sans-georgian", "400Regular", "NotoSansGeorgian_400Regular"),
    ("noto-sans-hebrew", "400Regular", "NotoSansHebrew_400Regular"),
    ("noto-sans-arabic", "400Regular", "NotoSansArabic_400Regular"),
)

# What must be drawn, whatever the text: each character by some font of a chain
# that starts with the family and goes on with the fallbacks.
SAMPLE = (
    "əƏǝğĞıİşŞçÇöÖüÜ" "АЯаяЁёІіЇїҐґҚқҒғҮүӘә" "ΑΩαωάέήίόύώ" "āēīōūżžčďřőűșțħḩẕ" "ăđơưệ"
    "ԱՖաֆև" "აჰᲐᲰ" "את" "ابپ" "–—“”‘’…•→−×½°†№"
)
FALLBACKS = tuple(file for _, _, file in FONTS if file.startswith("Noto"))
CHAINS = (
    ("SourceSerif4_400Regular", "Inter_400Regular", *FALLBACKS),
    ("Inter_400Regular", *FALLBACKS),
)


def main(out):
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    covered = {}
    for package, folder, file in FONTS:
        source = paths.NPM / f"expo-google-fonts-{package}" / folder / f"{file}.ttf"
        font = TTFont(source)
        assert "fvar" not in font, f"{file} is a variable font"
        covered[file] = set(font.getBestCmap())
        shutil.copyfile(source, out / f"{file}.ttf")
        shutil.copyfile(source.parent.parent / "LICENSE_FONT", out / f"OFL-{package}.txt")
    for chain in CHAINS:
        missing = [c for c in SAMPLE if not any(ord(c) in covered[f] for f in chain)]
        assert not missing, f"{chain[0]}: no glyph for {missing}"
    print(f"   {len(FONTS)} fonts, {sum(f.stat().st_size for f in out.glob('*.ttf')):,} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
