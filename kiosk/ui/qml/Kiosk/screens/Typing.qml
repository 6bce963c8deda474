pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// What is written above, words on offer in the middle, the keyboard below.
Shell {
    id: root

    required property TypingViewModel vm
    readonly property real leftX: -(740 + Theme.sp.xl + 16)
    readonly property real leftTop: root.titlesHeight + 200 + Theme.sp.l - root.contentTop

    sideBySide: Theme.landscape
    title: qsTr("Type what is wrong")
    subtitle: vm.problem
    contentHeight: Theme.landscape ? 0 : keyboard.height + 480

    Component.onCompleted: keyboard.forceActiveFocus()

    Card {
        id: field

        x: Theme.landscape ? root.leftX : 0
        y: Theme.landscape ? root.leftTop : 0
        width: Theme.landscape ? 740 : parent.width
        height: Theme.landscape ? 300 : Math.max(150, Math.min(360, offers.y - Theme.sp.m))
        chosen: true
        clip: true

        // The end of the text stays in sight.
        Item {
            id: page

            x: Theme.sp.xl
            y: Theme.sp.m
            width: parent.width - 2 * x
            height: parent.height - 2 * y - wiped.height
            clip: true

            Txt {
                id: written

                objectName: "written"
                y: Math.min(0, page.height - height)
                width: parent.width
                role: "heading"
                font.weight: Font.Normal
                lineHeight: 1
                textFormat: Text.StyledText
                text: escaped(root.vm.text) + "<font color=\"" + Theme.c.accent + "\"><u>" + escaped(root.vm.letters) + "</u>|</font>"
                Accessible.name: root.vm.text + root.vm.letters

                function escaped(words: string): string {
                    return words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/ /g, "&nbsp;");
                }
            }
        }

        Row {
            id: wiped

            anchors {
                right: parent.right
                rightMargin: Theme.sp.l
                bottom: parent.bottom
                bottomMargin: Theme.sp.s
            }
            spacing: 10

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: "shield"
                px: 36
                tint: Theme.c.ink2
            }

            Txt {
                role: "caption"
                color: Theme.c.ink2
                text: qsTr("Wiped when you leave")
                wrapMode: Text.NoWrap
            }
        }
    }

    Column {
        id: offers

        x: Theme.landscape ? root.leftX : 0
        y: Theme.landscape ? field.y + field.height + Theme.sp.m : keyboard.y - height - Theme.sp.m
        width: Theme.landscape ? 740 : parent.width
        height: Theme.landscape ? implicitHeight : 280
        spacing: Theme.sp.s
        visible: root.vm.suggestions.length > 0

        Txt {
            width: parent.width
            role: "label"
            color: Theme.c.ink2
            text: qsTr("Do you mean")
        }

        Item {
            width: parent.width
            height: 216
            clip: true

            Flow {
                width: parent.width
                spacing: Theme.sp.s

                Repeater {
                    model: root.vm.suggestions

                    WordPill {
                        required property var modelData
                        required property int index

                        objectName: "suggestion_" + index
                        width: implicitWidth
                        height: implicitHeight
                        widest: offers.width
                        text: modelData.text
                        // Only whole rows are shown.
                        opacity: y < 200 ? 1 : 0
                        off: y >= 200
                        onClicked: root.vm.complete(index)
                    }
                }
            }
        }
    }

    Keyboard {
        id: keyboard

        x: Theme.landscape ? 0 : -Theme.sp.xl
        width: parent.width + (Theme.landscape ? 0 : 2 * Theme.sp.xl)
        anchors {
            bottom: parent.bottom
            bottomMargin: Theme.landscape ? 0 : -Theme.sp.xl
        }
        chinese: root.vm.chinese
        words: root.vm.candidates
        canFinish: root.vm.canFinish
        onTyped: character => root.vm.key(character)
        onErased: root.vm.erase()
        onLanguageAsked: root.vm.switchLanguage()
        onChosen: place => root.vm.choose(place)
        onFinished: root.vm.done()
    }
}
