import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// One number to type; Phone, Birth and Age are this page.
Shell {
    id: root

    required property PadViewModel vm

    // Twice as large and beside the keys, a number, what is wrong with it and two buttons leave no room for the question.
    title: cramped && vm.canSkip && vm.problem !== "" && !Theme.zh ? "" : vm.title
    // Without room the reason why leaves, the example of what to type stays.
    subtitle: (sideBySide && vm.problem !== "") || (vm.canSkip && (Theme.largest || (Theme.big > 1 && sideBySide))) ? "" : vm.helper
    contentHeight: keys.height + field.height + Theme.sp.m
    sideBySide: Theme.landscape
    need: sideBySide ? Math.max(keys.height, sideLeast + field.height + (skip.visible ? skip.height + Theme.sp.m : 0)) : contentHeight
    together: true

    Component.onCompleted: pad.forceActiveFocus()

    Card {
        id: field

        readonly property real free: keys.y - Theme.sp.m

        x: root.sideBySide ? root.sideX : 0
        y: root.sideBySide ? root.height - root.contentTop - 2 * Theme.sp.xl - height - (skip.visible ? skip.height + Theme.sp.m : 0) + Theme.sp.xl : Math.max(0, free - height)
        width: root.sideBySide ? 740 : parent.width
        height: figures.height + 2 * (Theme.largest ? Theme.sp.xs : Theme.sp.m)
        chosen: true

        Column {
            id: figures

            x: Theme.sp.l
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width - 2 * Theme.sp.l

            Txt {
                objectName: "digits"
                width: parent.width
                personal: true
                stop: false
                horizontalAlignment: Text.AlignHCenter
                role: "title"
                text: root.vm.digits === "" ? "–" : root.vm.digits
                color: root.vm.placeholder ? Theme.c.ink2 : Theme.c.ink
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 40
                wrapMode: Text.NoWrap
                Accessible.ignored: root.vm.placeholder
            }

            Txt {
                objectName: "problem"
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                visible: text !== ""
                role: root.cramped ? "caption" : "label"
                strong: true
                color: Theme.c.warn
                text: root.vm.problem
            }
        }
    }

    Column {
        id: keys

        anchors {
            left: parent.left
            right: parent.right
            bottom: parent.bottom
        }
        spacing: Theme.sp.m

        NumberPad {
            id: pad

            width: parent.width
            keyHeight: Theme.largest ? 108 : root.sideBySide ? 124 : 132
            onDigit: value => root.vm.key(value)
            onErase: root.vm.deleteDigit()
            Keys.onReturnPressed: root.vm.next()
            Keys.onEnterPressed: root.vm.next()
        }

        BigButton {
            objectName: "next"
            width: parent.width
            kind: root.vm.canGoOn ? "primary" : "secondary"
            icon: "next"
            text: qsTr("Go on")
            onClicked: root.vm.next()
        }

        Item {
            visible: root.vm.canSkip && !root.sideBySide
            width: parent.width
            height: visible ? skip.height : 0
        }
    }

    BigButton {
        id: skip

        objectName: "skip"
        visible: root.vm.canSkip
        x: root.sideBySide ? root.sideX : 0
        anchors.bottom: parent.bottom
        width: root.sideBySide ? 740 : parent.width
        icon: Theme.largest && root.sideBySide ? "" : "person"
        text: qsTr("Go on without a name")
        onClicked: root.vm.skip()
    }
}
