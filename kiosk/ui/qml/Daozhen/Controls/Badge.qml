import QtQuick

// A short word in a pill, never a control. tone: accent, solid, good, warn, danger, plain
Rectangle {
    id: root

    property string text
    property string icon
    property string tone: "accent"
    property int px: Theme.size("caption")
    readonly property var look: ({
            accent: [Theme.c.accentTint, Theme.c.accent],
            solid: [Theme.c.accent, Theme.c.onAccent],
            good: [Theme.c.goodTint, Theme.c.good],
            warn: [Theme.c.warnTint, Theme.c.warn],
            danger: [Theme.c.dangerTint, Theme.c.danger],
            plain: [Theme.c.sunk, Theme.c.ink2]
        })[tone]

    implicitWidth: row.width + px * 1.2
    implicitHeight: Math.round(px * 1.75)
    radius: height / 2
    color: look[0]

    Row {
        id: row

        anchors.centerIn: parent
        spacing: root.px * 0.3

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: name !== ""
            name: root.icon
            px: Math.round(root.px * 1.1)
            tint: root.look[1]
        }

        Txt {
            anchors.verticalCenter: parent.verticalCenter
            anchors.verticalCenterOffset: -Math.round(root.px * 0.05)
            text: root.text
            color: root.look[1]
            wrapMode: Text.NoWrap
            lineHeight: 1
            font {
                pixelSize: root.px
                weight: Font.Bold
            }
        }
    }
}
