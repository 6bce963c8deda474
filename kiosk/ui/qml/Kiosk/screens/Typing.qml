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
    problem: vm.problem
    contentHeight: Theme.landscape ? 0 : keyboard.height + 620

    Component.onCompleted: keyboard.forceActiveFocus()

    Card {
        id: field

        x: Theme.landscape ? root.leftX : 0
        y: Theme.landscape ? root.leftTop : 0
        width: Theme.landscape ? 740 : parent.width
        // Two lines of the largest letters.
        height: Theme.landscape ? (Theme.largest ? 408 : 300) : Math.max(290, Math.min(Theme.largest ? 420 : 360, keyboard.y - offers.height - 2 * Theme.sp.m))
        chosen: true
        clip: true

        // The cursor stays in sight.
        Item {
            id: page

            readonly property real line: upToCursor.height / Math.max(1, upToCursor.lineCount)

            x: Theme.sp.xl
            y: Theme.sp.m
            width: parent.width - 2 * x
            // Whole lines only.
            height: Math.max(1, Math.floor((parent.height - y - 84 - 2 * Theme.sp.s) / line)) * line
            clip: true

            Txt {
                id: written

                objectName: "written"
                y: Math.min(0, page.height - upToCursor.height)
                width: parent.width
                role: "heading"
                font.weight: Font.Normal
                lineHeight: 1
                textFormat: Text.StyledText
                text: upToCursor.text + escaped(root.vm.after)
                Accessible.name: root.vm.text + root.vm.letters + root.vm.after

                function escaped(words: string): string {
                    return words.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/^ | $| (?= )/g, "&nbsp;");
                }
            }

            // As high as what must stay in sight.
            Txt {
                id: upToCursor

                width: parent.width
                opacity: 0
                spoken: false
                role: "heading"
                font.weight: Font.Normal
                lineHeight: 1
                textFormat: Text.StyledText
                text: written.escaped(root.vm.text) + "<font color=\"" + Theme.c.accent + "\"><u>" + written.escaped(root.vm.letters) + "</u>|</font>"
            }
        }

        Key {
            id: deleteAll

            objectName: "deleteAll"
            anchors {
                left: parent.left
                leftMargin: Theme.sp.m
                bottom: parent.bottom
                bottomMargin: Theme.sp.s
            }
            visible: root.vm.canDeleteAll || root.vm.canUndo
            width: 256
            height: 84
            px: 32
            icon: root.vm.canUndo ? "again" : "cross"
            text: root.vm.canUndo ? qsTr("Undo") : qsTr("Delete all")
            onClicked: root.vm.canUndo ? root.vm.undo() : root.vm.deleteAll()
        }

        Row {
            id: wiped

            visible: !deleteAll.visible || width + deleteAll.width + Theme.sp.xl <= parent.width
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
        height: Theme.landscape ? implicitHeight : Theme.largest ? 230 : 280
        spacing: Theme.sp.s
        visible: root.vm.suggestions.length > 0

        Txt {
            width: parent.width
            visible: !root.cramped
            role: "label"
            color: Theme.c.ink2
            text: qsTr("Do you mean")
        }

        Item {
            id: rows

            readonly property int count: Theme.largest ? 1 : 2

            width: parent.width
            height: count * 108
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
                        opacity: y < 100 * rows.count ? 1 : 0
                        off: opacity === 0
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
        first: root.vm.firstCandidate
        moreWords: root.vm.moreCandidates
        lettersWait: root.vm.letters !== ""
        capitals: root.vm.capitals
        capitalsLocked: root.vm.capitalsLocked
        canFinish: root.vm.canFinish
        onTyped: character => root.vm.key(character)
        onErased: root.vm.erase()
        onErasedAfter: root.vm.eraseAfter()
        onSyllableErased: root.vm.eraseSyllable()
        onMoved: steps => root.vm.move(steps)
        onShiftPressed: root.vm.shift()
        onNextAsked: shown => root.vm.nextPage(shown)
        onPreviousAsked: root.vm.previousPage()
        onEntered: root.vm.enter()
        onLanguageAsked: root.vm.switchLanguage()
        onChosen: place => root.vm.choose(place)
        onFinished: root.vm.done()
    }
}
