pragma ComponentBehavior: Bound
import QtQuick

// The microphone's loudness as bars around a middle line; `levels` are 0 to 1, newest last.
Item {
    id: root

    property var levels: []
    property int bars: 30
    property color tint: Theme.c.accent

    implicitHeight: 96

    Accessible.role: Accessible.Indicator
    Accessible.name: qsTr("Loudness")

    Row {
        anchors.centerIn: parent
        spacing: 10

        Repeater {
            model: root.bars

            Rectangle {
                required property int index
                readonly property real level: root.levels[root.levels.length - root.bars + index] ?? 0

                anchors.verticalCenter: parent?.verticalCenter
                width: 12
                radius: 6
                height: Math.max(12, Math.min(1, level) * root.height)
                color: root.tint
                opacity: 0.35 + 0.65 * Math.min(1, level * 1.5)
            }
        }
    }
}
