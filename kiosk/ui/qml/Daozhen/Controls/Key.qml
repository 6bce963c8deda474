import QtQuick

// A key of a keyboard: a letter, or an icon and a word.
Pressable {
    id: root

    property string icon
    property bool strong: false
    // A single letter or figure is read aloud only where the focus is: nobody wants to hear a whole keyboard.
    property bool quiet: text.length === 1
    property int px: text.length > 1 ? 36 : 46
    readonly property color inkColour: off ? Theme.c.disabledInk : strong ? Theme.c.onAccent : Theme.c.ink

    implicitWidth: 87
    implicitHeight: 108

    FocusRing {
        on: root.activeFocus
        r: 16
    }

    Rectangle {
        anchors.fill: parent
        radius: 16
        color: root.off ? Theme.c.disabledFill : root.strong ? (root.down ? Theme.c.accentPressed : Theme.c.accent) : root.down ? Theme.c.accentTint2 : Theme.c.surface
        border {
            width: root.strong || root.off ? 0 : Theme.bw.hair
            color: Theme.c.outline
        }
    }

    Row {
        anchors.centerIn: parent
        spacing: 12

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: name !== ""
            name: root.icon
            px: 48
            tint: root.inkColour
        }

        Txt {
            anchors.verticalCenter: parent.verticalCenter
            visible: text !== ""
            spoken: false
            text: root.text
            color: root.inkColour
            wrapMode: Text.NoWrap
            bottomPadding: 5
            lineHeight: 1
            font {
                pixelSize: root.px
                weight: root.text.length > 1 ? Font.Bold : Font.Normal
            }
        }
    }
}
