import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// The number of a document to type.
Shell {
    id: root

    required property PadViewModel vm

    title: vm.title
    // Without room the example leaves where something is wrong.
    subtitle: cramped && vm.problem !== "" ? "" : vm.helper
    contentHeight: keys.height + field.height + Theme.sp.m
    sideBySide: false
    need: contentHeight
    together: true

    Component.onCompleted: pad.forceActiveFocus()

    Card {
        id: field

        y: Math.max(0, keys.y - Theme.sp.m - height)
        width: parent.width
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
                role: root.cramped ? "heading" : "title"
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

        CodePad {
            id: pad

            width: parent.width
            keyHeight: Theme.landscape ? 92 : 108
            onCharacter: value => root.vm.key(value)
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
    }
}
