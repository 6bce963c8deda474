import QtQuick

// One helper of the dock. A helper that is on is filled.
Pressable {
    id: root

    property string icon
    property bool on: false
    property bool help: false
    property bool wide: Theme.landscape
    readonly property color inkColour: off ? Theme.c.disabledInk : on ? Theme.c.onAccent : help ? Theme.c.accent : Theme.c.ink

    readonly property int longest: Math.max(...Theme.plain(text).split(" ").map(word => word.length))

    steady: true

    Accessible.checked: on

    FocusRing {
        on: root.activeFocus
    }

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: root.down ? 3 : 0
        radius: Theme.rad.button
        color: root.down ? Theme.c.accentTint2 : root.help ? Theme.c.accentTint : root.on ? Theme.c.accent : "transparent"
        border {
            width: root.off || root.on ? 0 : root.help ? Theme.bw.control : Theme.bw.hair
            color: root.help ? Theme.c.accent : Theme.c.outline
        }
    }

    Grid {
        anchors.centerIn: parent
        columns: root.wide ? 2 : 1
        horizontalItemAlignment: Grid.AlignHCenter
        verticalItemAlignment: Grid.AlignVCenter
        spacing: root.wide ? 14 : 4

        Icon {
            name: root.icon
            px: 60
            tint: root.down && root.on ? Theme.c.ink : root.inkColour
        }

        Txt {
            spoken: false
            text: root.text
            color: root.down && root.on ? Theme.c.ink : root.inkColour
            width: Math.min(implicitWidth, root.width - (root.wide ? 60 + 14 : 0) - 8)
            horizontalAlignment: Text.AlignHCenter
            wrapMode: root.wide ? Text.NoWrap : Text.WordWrap
            fontSizeMode: root.wide ? Text.HorizontalFit : Text.FixedSize
            minimumPixelSize: 28
            lineHeight: 1
            font {
                // Six fields beside each other leave no room for more.
                pixelSize: Theme.largest && root.wide ? 44 : Theme.big > 1 && root.longest < 9 ? 32 : 28
                weight: Font.Bold
            }
        }
    }
}
