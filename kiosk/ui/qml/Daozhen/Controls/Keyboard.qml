pragma ComponentBehavior: Bound

import QtQuick

// The on-screen keyboard: words on offer, letters or digits, shift or syllable, delete, language, cursor, space, done.
// A real keyboard works too, as long as no key has the focus.
FocusScope {
    id: root

    property bool chinese: true
    property bool canFinish: false
    // A page of the words on offer for the letters that wait: [{text}], beginning with number `first` of all.
    property var words: []
    property int first: 0
    property bool moreWords: false
    property bool lettersWait: false
    property bool capitals: false
    property bool capitalsLocked: false
    property bool digits: false
    readonly property real gap: 13
    readonly property real side: Theme.landscape ? 12 : Theme.sp.xl
    readonly property real inner: width - 2 * side
    readonly property real keyWidth: (inner - 9 * gap) / 10
    readonly property real keyHeight: Theme.landscape ? 104 : 108
    readonly property real lastHeight: Theme.landscape ? 116 : 132
    readonly property var rows: digits ? [["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"], chinese ? ["，", "。", "？", "、", "：", "-", "/", "℃", "%"] : [",", ".", "?", "'", ":", "-", "/", "℃", "%"], ["(", ")", "+", "=", "*", "#", "~"]] : [["q", "w", "e", "r", "t", "y", "u", "i", "o", "p"], ["a", "s", "d", "f", "g", "h", "j", "k", "l"], ["z", "x", "c", "v", "b", "n", "m"]]

    component Offer: Pressable {
        property bool fits: true
    }

    signal typed(string character)
    signal erased
    signal erasedAfter
    signal syllableErased
    signal moved(int steps)
    signal shiftPressed
    signal chosen(int place)
    signal nextAsked(int shown)
    signal previousAsked
    signal languageAsked
    signal finished
    signal entered

    function shownWords(): int {
        let shown = 0;
        while (shown < strip.count && (strip.itemAt(shown) as Offer).fits)
            shown += 1;
        return shown;
    }

    // What an editing key of a real keyboard does; false when it is none.
    function edited(key: int, whole: bool): bool {
        switch (key) {
        case Qt.Key_Backspace:
            whole ? syllableErased() : erased();
            return true;
        case Qt.Key_Delete:
            erasedAfter();
            return true;
        case Qt.Key_Left:
            moved(-1);
            return true;
        case Qt.Key_Right:
            moved(1);
            return true;
        case Qt.Key_Home:
            moved(-9999);
            return true;
        case Qt.Key_End:
            moved(9999);
            return true;
        case Qt.Key_PageDown:
            nextAsked(shownWords());
            return true;
        case Qt.Key_PageUp:
            previousAsked();
            return true;
        case Qt.Key_Return:
        case Qt.Key_Enter:
            entered();
            return true;
        }
        return false;
    }

    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    implicitHeight: column.height + 2 * Theme.sp.m
    focus: true

    Keys.onPressed: event => {
        const whole = (event.modifiers & Qt.ControlModifier) !== 0;
        const plain = !whole && (event.modifiers & (Qt.AltModifier | Qt.MetaModifier)) === 0;
        if (edited(event.key, whole)) {
            event.accepted = true;
        } else if (plain && event.text !== "" && event.text >= " " && event.text !== "\u007f") {
            event.accepted = true;
            typed(event.text);
        }
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.landscape ? Theme.rad.card : 0
        color: Theme.c.sunk
    }

    Column {
        id: column

        x: root.side
        y: Theme.sp.m
        width: root.inner
        spacing: Theme.landscape ? 12 : 15

        Item {
            width: parent.width
            height: 104

            Item {
                id: offered

                width: parent.width - pages.width - root.gap
                height: parent.height

                Row {
                    spacing: root.gap

                    Repeater {
                        id: strip

                        model: root.words

                        Offer {
                            id: word

                            required property var modelData
                            required property int index
                            readonly property bool best: index === 0 && root.first === 0

                            fits: x + width <= offered.width + 1
                            objectName: "candidate_" + (root.first + index)
                            width: Math.min(offered.width, Math.max(120, label.implicitWidth + 2 * Theme.sp.m))
                            height: 104
                            text: modelData.text
                            off: !fits
                            opacity: fits ? 1 : 0
                            Accessible.ignored: !fits
                            onClicked: root.chosen(index)

                            FocusRing {
                                on: word.activeFocus
                                r: 16
                            }

                            Rectangle {
                                anchors.fill: parent
                                anchors.topMargin: word.down ? 3 : 0
                                radius: 16
                                color: word.down ? (word.best ? Theme.c.accent : Theme.c.accentTint2) : word.best ? Theme.c.accentTint2 : "transparent"
                            }

                            Txt {
                                id: label

                                anchors.centerIn: parent
                                anchors.verticalCenterOffset: -3
                                width: Math.min(implicitWidth, offered.width - 2 * Theme.sp.m)
                                spoken: false
                                role: "heading"
                                font.weight: word.best ? Font.Bold : Font.Normal
                                color: !word.best ? Theme.c.ink : word.down ? Theme.c.onAccent : Theme.c.accent
                                text: word.text
                                wrapMode: Text.NoWrap
                                elide: Text.ElideLeft
                            }
                        }
                    }
                }
            }

            Row {
                id: pages

                anchors.right: parent.right
                spacing: root.gap

                Key {
                    objectName: "previousWords"
                    visible: root.first > 0
                    width: 104
                    height: 104
                    icon: "previous"
                    Accessible.name: qsTr("Words before")
                    onClicked: root.previousAsked()
                }

                Key {
                    objectName: "moreWords"
                    visible: root.moreWords
                    width: 104
                    height: 104
                    icon: "next"
                    Accessible.name: qsTr("More words")
                    onClicked: root.nextAsked(root.shownWords())
                }
            }
        }

        Repeater {
            model: root.rows

            Row {
                id: line

                required property var modelData
                required property int index

                anchors.horizontalCenter: parent?.horizontalCenter
                spacing: root.gap

                Key {
                    objectName: "key_shift"
                    visible: line.index === 2 && !root.digits && !root.chinese
                    width: root.keyWidth
                    height: root.keyHeight
                    strong: root.capitals
                    icon: root.capitalsLocked ? "shiftlock" : "shift"
                    Accessible.name: root.capitalsLocked ? qsTr("Capital letters stay on") : qsTr("Capital letter")
                    Accessible.checkable: true
                    Accessible.checked: root.capitals
                    onClicked: root.shiftPressed()
                }

                Key {
                    objectName: "key_syllable"
                    visible: line.index === 2 && !root.digits && root.chinese
                    width: root.keyWidth
                    height: root.keyHeight
                    off: !root.lettersWait
                    text: qsTr("Syl.")
                    px: 30
                    hint: qsTr("Delete the last syllable")
                    onClicked: root.syllableErased()
                }

                Repeater {
                    model: line.modelData

                    Key {
                        required property string modelData

                        objectName: "key_" + modelData
                        width: root.keyWidth
                        height: root.keyHeight
                        text: root.capitals ? modelData.toUpperCase() : modelData
                        onClicked: root.typed(text)
                    }
                }

                Key {
                    objectName: "key_delete"
                    visible: line.index === 2
                    width: root.keyWidth * 2 + root.gap
                    height: root.keyHeight
                    icon: "backspace"
                    px: 32
                    text: qsTr("Delete")
                    onClicked: root.erased()
                }
            }
        }

        Row {
            spacing: root.gap

            Key {
                objectName: "key_digits"
                width: root.keyWidth
                height: root.lastHeight
                px: 34
                text: root.digits ? "abc" : "123"
                onClicked: root.digits = !root.digits
            }

            Key {
                objectName: "key_language"
                width: root.keyWidth * 2 + root.gap
                height: root.lastHeight
                // What letters become now; in its own script, so that whoever needs it can read it.
                text: root.chinese ? "中文" : "English"
                onClicked: root.languageAsked()
            }

            Key {
                objectName: "key_left"
                width: root.keyWidth
                height: root.lastHeight
                text: "←"
                Accessible.name: qsTr("Cursor left")
                onClicked: root.moved(-1)
            }

            Key {
                objectName: "key_space"
                width: root.keyWidth * 2.5 + 1.5 * root.gap
                height: root.lastHeight
                text: root.words.length > 0 ? qsTr("First word") : qsTr("Space")
                onClicked: root.typed(" ")
            }

            Key {
                objectName: "key_right"
                width: root.keyWidth
                height: root.lastHeight
                text: "→"
                Accessible.name: qsTr("Cursor right")
                onClicked: root.moved(1)
            }

            Key {
                objectName: "key_done"
                width: root.keyWidth * 2.5 + 1.5 * root.gap
                height: root.lastHeight
                strong: root.canFinish
                icon: "check"
                text: qsTr("Done")
                onClicked: root.finished()
            }
        }
    }
}
