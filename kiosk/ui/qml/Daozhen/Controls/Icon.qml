import QtQuick
import QtQuick.Window

// One drawing of assets/icons, rasterised at device size in the colour `tint`.
Image {
    id: root

    property string name
    property color tint: Theme.c.accent
    property int px: 56
    readonly property int devicePx: Math.max(1, Math.round(px * Theme.scale * Screen.devicePixelRatio))

    width: px
    height: px
    sourceSize: Qt.size(devicePx, devicePx)
    source: name === "" ? "" : "image://icon/" + name + "/" + Theme.hex(tint)

    Accessible.ignored: true
}
