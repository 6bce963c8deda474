import QtQuick
import Daozhen.Controls

// A picture, two sentences and at most one button: what the screens share that hand over to people.
Shell {
    id: root

    property string picture: "nurse"
    property string headline
    property string hint
    property string action
    property string actionIcon: "check"
    property string actionKind: "primary"

    signal acted

    contentTop: headBottom
    need: sideBySide ? 60 + words.height : words.height + (root.action === "" ? 0 : Theme.sp.l + button.height)

    Column {
        id: words

        x: root.sideBySide ? root.sideX : 0
        y: root.sideBySide ? 60 : Math.max(0, Math.min(Theme.low ? 420 : 220, parent.height - root.need))
        width: root.sideBySide ? 740 : parent.width
        spacing: Theme.sp.l

        Rectangle {
            visible: !(Theme.largest && Theme.landscape)
            anchors.horizontalCenter: parent.horizontalCenter
            width: Theme.largest ? 200 : root.sideBySide ? 280 : 380
            height: width
            radius: width / 2
            color: Theme.c.accentTint

            Icon {
                anchors.centerIn: parent
                name: root.picture
                px: Math.round(parent.width * 0.58)
            }
        }

        Txt {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            role: root.sideBySide ? "title" : "display"
            text: root.headline
        }

        Txt {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            color: Theme.c.ink2
            text: root.hint
        }
    }

    BigButton {
        id: button

        objectName: "handOverAction"
        visible: text !== ""
        width: parent.width
        height: Math.max(172, implicitHeight)
        anchors.bottom: parent.bottom
        kind: root.actionKind
        icon: root.actionIcon
        text: root.action
        onClicked: root.acted()
    }
}
