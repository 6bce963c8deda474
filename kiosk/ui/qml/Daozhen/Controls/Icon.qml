import QtQuick
import QtQuick.Window

// One drawing of assets/icons, rasterised at device size in the colour `tint`.
Image {
    id: root

    property string name
    property color tint: Theme.c.accent
    property int px: 56
    // What points somewhere points the other way where reading goes from right to left.
    property bool turned: Theme.mirrored && ["back", "next", "end", "walk"].includes(name)
    readonly property int devicePx: Math.max(1, Math.round(px * Theme.scale * Screen.devicePixelRatio))

    width: px
    height: px
    mirror: turned
    sourceSize: Qt.size(devicePx, devicePx)
    source: name === "" ? "" : "image://icon/" + name + "/" + Theme.hex(tint)

    Accessible.ignored: true
}
