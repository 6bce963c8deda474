pragma ComponentBehavior: Bound
import QtQuick

// Honest progress: `done` bars are full, the next is half full ("now"), and the words count what is left.
Item {
    id: root

    property int done: 0
    property int total: 4
    property string text
    // Width of the words alone.
    readonly property real wanted: label.implicitWidth
    readonly property real barWidth: width - label.width - Theme.sp.l
    readonly property bool roomForBars: barWidth > total * 24

    implicitHeight: Math.max(14, label.height)

    Accessible.role: Accessible.ProgressBar
    Accessible.name: Theme.plain(text)

    Row {
        id: bar

        anchors {
            left: parent.left
            verticalCenter: parent.verticalCenter
        }
        visible: root.roomForBars
        width: root.barWidth
        spacing: 10

        Repeater {
            model: root.total

            Rectangle {
                id: step

                required property int index

                width: (bar.width - (root.total - 1) * bar.spacing) / root.total
                height: 14
                radius: 7
                color: index < root.done ? Theme.c.accent : Theme.c.accentTint2

                // Clipped, so that the half bar keeps the round end of the whole one.
                Item {
                    anchors.left: parent.left
                    visible: step.index === root.done
                    width: parent.width / 2
                    height: parent.height
                    clip: true

                    Rectangle {
                        anchors.left: parent.left
                        width: step.width
                        height: step.height
                        radius: step.radius
                        color: Theme.c.accent
                    }
                }

                Rectangle {
                    anchors.fill: parent
                    visible: Theme.mode === "contrast"
                    radius: parent.radius
                    color: "transparent"
                    border {
                        width: 2
                        color: Theme.c.accent
                    }
                }
            }
        }
    }

    Txt {
        id: label

        anchors {
            right: parent.right
            verticalCenter: parent.verticalCenter
            verticalCenterOffset: -2
        }
        spoken: false
        role: "label"
        width: Math.min(implicitWidth, root.width)
        text: root.text
        color: Theme.c.ink2
        wrapMode: Text.NoWrap
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: 28
        horizontalAlignment: Text.AlignRight
    }
}
