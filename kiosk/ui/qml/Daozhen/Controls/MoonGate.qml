import QtQuick
import Daozhen.ViewModels

// The mark of the product: a round garden gate with a path through it.
Image {
    id: root

    property int px: 420
    readonly property int devicePx: Math.max(1, Math.round(px * Theme.scale))

    width: px
    height: px
    sourceSize: Qt.size(devicePx, devicePx)
    source: DesignTokens.picture(Theme.mode === "light" ? "moongate-light" : "moongate-dark")

    Accessible.ignored: true
}
