#!/bin/sh
# Packs the program as an AppImage; made by `python3 dev.py build`. Needs appimagetool on PATH.
set -eu
cd "$$(dirname "$$0")"
rm -rf AppDir
mkdir -p AppDir/usr/lib
cp -a "$program" AppDir/usr/lib/cti-desktop
cp cti-desktop.desktop AppDir/
sed -i 's/^Exec=.*/Exec=cti-desktop/' AppDir/cti-desktop.desktop
cp "$icon" AppDir/cti-desktop.png
cat > AppDir/AppRun <<'EOF'
#!/bin/sh
exec "$$(dirname "$$(readlink -f "$$0")")/usr/lib/cti-desktop/cti-desktop" "$$@"
EOF
chmod +x AppDir/AppRun
ARCH="$$(uname -m)" appimagetool AppDir "cti-desktop-$version-$$(uname -m).AppImage"
