import QtQuick
import QtQuick.Window
import Daozhen.Controls

// One drawing of assets/body in the accent colour. A touch on it tells where, in percent of its width and height.
Image {
    id: root

    property string name
    property real ratio: 1
    readonly property real devicePx: Theme.scale * Screen.devicePixelRatio

    signal touched(real across, real down)

    sourceSize: Qt.size(Math.max(1, Math.round(width * devicePx)), Math.max(1, Math.round(height * devicePx)))
    source: name === "" || width <= 0 ? "" : "image://body/" + name + "/" + Theme.hex(Theme.c.accent)

    Accessible.ignored: true

    TapHandler {
        gesturePolicy: TapHandler.ReleaseWithinBounds
        longPressThreshold: 0
        onTapped: point => {
            if (!Theme.turning)
                root.touched(point.position.x / root.width * 100, point.position.y / root.height * 100);
        }
    }
}
