import QtQuick

// kind: primary (one a screen), secondary, quiet, danger. look: rest, disabled, busy, error
Pressable {
    id: root

    property string icon
    property string kind: "secondary"
    property string look: "rest"
    property bool vertical: false
    property int iconPx: vertical ? 72 : 60
    property string wordsRole: "heading"
    readonly property bool filled: kind === "primary" || kind === "danger"
    readonly property bool centred: vertical || icon === ""
    readonly property real wordsWidth: width - 2 * Theme.sp.m - (centred ? 0 : iconPx + Theme.sp.m)
    readonly property color inkColour: look === "disabled" ? Theme.c.disabledInk : kind === "danger" ? Theme.c.onDanger : kind === "primary" ? Theme.c.onAccent : Theme.c.accent

    function ground(): color {
        if (look === "disabled")
            return Theme.c.disabledFill;
        if (kind === "danger")
            return down ? Theme.c.dangerPressed : Theme.c.danger;
        if (kind === "primary")
            return down ? Theme.c.accentPressed : Theme.c.accent;
        return down ? Theme.c.accentTint2 : kind === "quiet" ? "transparent" : Theme.c.surface;
    }

    off: look === "disabled" || look === "busy"
    implicitHeight: Math.max(Theme.target.primary, row.height + 2 * (Theme.largest ? Theme.sp.s : Theme.sp.m))
    implicitWidth: Math.max(word.implicitWidth, small.implicitWidth) + (icon === "" ? 0 : iconPx + Theme.sp.m) + 2 * Theme.sp.xl

    Accessible.name: Theme.plain(look === "busy" ? word.text : text)

    FocusRing {
        on: root.activeFocus
    }

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: root.down ? 3 : 0
        radius: Theme.rad.button
        color: root.ground()
        border {
            width: root.look === "error" ? Theme.bw.selected : root.filled || root.kind === "quiet" || root.look === "disabled" ? 0 : Theme.bw.control
            color: root.look === "error" ? Theme.c.danger : Theme.c.accent
        }

        Behavior on color {
            ColorAnimation {
                duration: Theme.motion.press
            }
        }
    }

    Grid {
        id: row

        anchors.centerIn: parent
        columns: root.vertical ? 1 : 2
        horizontalItemAlignment: Grid.AlignHCenter
        verticalItemAlignment: Grid.AlignVCenter
        spacing: root.vertical ? Theme.sp.xs : Theme.sp.m

        Icon {
            visible: name !== ""
            name: root.look === "busy" ? "clock" : root.icon
            px: root.iconPx
            tint: root.inkColour
        }

        Column {
            FittedTxt {
                id: word

                room: root.wordsWidth
                width: Math.min(implicitWidth, root.wordsWidth)
                anchors.horizontalCenter: root.centred ? parent.horizontalCenter : undefined
                horizontalAlignment: root.centred ? Text.AlignHCenter : Text.AlignLeft
                spoken: false
                role: root.wordsRole
                text: root.look === "busy" ? qsTr("One moment…") : root.text
                color: root.inkColour
                bottomPadding: Math.round(font.pixelSize * 0.1)
            }

            Txt {
                id: small

                visible: text !== ""
                width: Math.min(implicitWidth, root.wordsWidth)
                anchors.horizontalCenter: root.centred ? parent.horizontalCenter : undefined
                horizontalAlignment: root.centred ? Text.AlignHCenter : Text.AlignLeft
                spoken: false
                role: "caption"
                text: root.hint
                color: root.inkColour
            }
        }
    }
}
