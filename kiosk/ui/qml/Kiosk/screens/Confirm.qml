import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// The patient's own words come back before they are used.
Shell {
    id: root

    required property ConfirmViewModel vm
    readonly property real buttonHeight: sideBySide || Theme.big > 1 ? 140 : 188
    readonly property string helper: vm.note !== "" ? vm.note : vm.understood ? qsTr("What we understood. Tap to change.") : qsTr("We have not understood what is wrong yet.")

    title: qsTr("You said this. Right?")
    contentHeight: heard.height + Theme.sp.m + buttons.height
    need: sideBySide ? Math.max(sideLeast + heard.height, buttons.height) : heard.height + Theme.sp.m + buttons.height

    Card {
        id: heard

        x: root.sideBySide ? root.sideX : 0
        y: root.sideBySide ? root.sideTop : 0
        width: root.sideBySide ? 740 : parent.width
        height: inner.height + 2 * Theme.sp.l

        Column {
            id: inner

            x: Theme.sp.xl
            y: Theme.sp.l
            width: parent.width - 2 * x
            spacing: Theme.sp.m

            Quote {
                width: parent.width
                role: Theme.plain(root.vm.quote).length > (Theme.zh ? 60 : 110) || root.sideBySide ? "body" : "heading"
                text: root.vm.quote
            }

            Rectangle {
                visible: !root.sideBySide
                width: parent.width
                height: Theme.bw.hair
                color: Theme.c.line
            }

            Txt {
                width: parent.width
                visible: !root.sideBySide
                role: "label"
                strong: root.vm.note !== ""
                color: root.vm.note !== "" ? Theme.c.warn : Theme.c.ink2
                text: root.helper
            }

            Chips {
                visible: !root.sideBySide && root.vm.understood
                width: parent.width
                vm: root.vm
            }
        }
    }

    Column {
        id: buttons

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        spacing: Theme.sp.m

        Txt {
            width: parent.width
            visible: root.sideBySide
            role: "label"
            strong: root.vm.note !== ""
            color: root.vm.note !== "" ? Theme.c.warn : Theme.c.ink2
            text: root.helper
        }

        Chips {
            visible: root.sideBySide && root.vm.understood
            width: parent.width
            bottomPadding: Theme.sp.m
            vm: root.vm
        }

        BigButton {
            objectName: "confirm"
            heads: true
            width: parent.width
            height: Math.max(root.buttonHeight, implicitHeight)
            kind: "primary"
            icon: "check"
            text: qsTr("Yes, that is right")
            onClicked: root.vm.confirm()
        }

        Row {
            id: others

            readonly property real tallest: Math.max(root.buttonHeight, change.implicitHeight, again.implicitHeight)

            width: parent.width
            spacing: Theme.sp.m

            BigButton {
                id: change

                objectName: "edit"
                width: (parent.width - Theme.sp.m) / 2
                height: others.tallest
                icon: "edit"
                iconPx: Theme.big > 1 ? 44 : 60
                text: qsTr("Change it")
                onClicked: root.vm.edit()
            }

            BigButton {
                id: again

                objectName: "sayAgain"
                width: (parent.width - Theme.sp.m) / 2
                height: others.tallest
                iconPx: Theme.big > 1 ? 44 : 60
                icon: root.vm.hasSpeech ? "mic" : "again"
                text: root.vm.hasSpeech ? qsTr("Say it again") : qsTr("Start again")
                onClicked: root.vm.sayAgain()
            }
        }
    }
}
