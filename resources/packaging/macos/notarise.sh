#!/bin/sh
# Signs, packs and notarises the app; made by `python3 dev.py build`. Needs Xcode's tools and an Apple developer
# account: SIGN_AS="Developer ID Application: …", and once
#   xcrun notarytool store-credentials cti-desktop --apple-id … --team-id …
set -eu
cd "$$(dirname "$$0")"
APP="$app"
IMAGE="cti-desktop-$version.dmg"

codesign --force --deep --options runtime --timestamp --entitlements entitlements.plist --sign "$$SIGN_AS" "$$APP"
codesign --verify --deep --strict "$$APP"
hdiutil create -volname "$name" -srcfolder "$$APP" -ov -format UDZO "$$IMAGE"
codesign --force --timestamp --sign "$$SIGN_AS" "$$IMAGE"
xcrun notarytool submit "$$IMAGE" --keychain-profile cti-desktop --wait
xcrun stapler staple "$$IMAGE"
spctl --assess --type open --context context:primary-signature --verbose "$$IMAGE"
