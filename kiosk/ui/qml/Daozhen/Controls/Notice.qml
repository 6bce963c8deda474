import QtQuick

// Something is not as usual: first what still works, then what it means. tone: warn, danger, good
Card {
    id: root

    property string icon: "alert"
    readonly property color inkColour: tone === "danger" ? Theme.c.danger : tone === "good" ? Theme.c.good : Theme.c.warn

    tone: "warn"
    implicitHeight: words.height + 2 * Theme.sp.m

    Icon {
        anchors {
            left: parent.left
            leftMargin: Theme.sp.l
            verticalCenter: parent.verticalCenter
        }
        name: root.icon
        px: 64
        tint: root.inkColour
    }

    Column {
        id: words

        anchors {
            left: parent.left
            leftMargin: 128
            verticalCenter: parent.verticalCenter
            verticalCenterOffset: -2
        }
        width: parent.width - 160

        FittedTxt {
            room: parent.width
            smallest: 0.86
            width: parent.width
            role: "body"
            strong: true
            text: root.text
        }

        Txt {
            width: parent.width
            visible: text !== ""
            role: "label"
            color: Theme.c.ink2
            text: root.hint
        }
    }
}
