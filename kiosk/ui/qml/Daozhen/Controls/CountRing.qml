import QtQuick
import QtQuick.Shapes

// Seconds left: the number is the truth, the ring is the feeling.
Item {
    id: root

    property int remaining: 16
    property int of: 20
    readonly property real ring: width / 2 - 20

    implicitWidth: 420
    implicitHeight: 420

    Shape {
        anchors.fill: parent

        ShapePath {
            strokeColor: Theme.c.accentTint2
            strokeWidth: 28
            fillColor: "transparent"

            PathAngleArc {
                centerX: root.width / 2
                centerY: root.height / 2
                radiusX: root.ring
                radiusY: root.ring
                startAngle: 0
                sweepAngle: 360
            }
        }

        ShapePath {
            strokeColor: Theme.c.accent
            strokeWidth: 28
            fillColor: "transparent"
            capStyle: ShapePath.RoundCap

            PathAngleArc {
                centerX: root.width / 2
                centerY: root.height / 2
                radiusX: root.ring
                radiusY: root.ring
                startAngle: -90
                sweepAngle: 360 * root.remaining / Math.max(1, root.of)
            }
        }
    }

    Txt {
        // Inside the ring, whatever the size of the text.
        font.pixelSize: Math.min(Theme.size(role), root.width * 0.42)
        anchors.centerIn: parent
        anchors.verticalCenterOffset: -8
        role: "number"
        text: root.remaining
        color: Theme.c.accent
    }
}
