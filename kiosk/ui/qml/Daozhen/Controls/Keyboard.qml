pragma ComponentBehavior: Bound

import QtQuick

// The on-screen keyboard: words on offer, letters or digits, delete, language, space, done. A real keyboard works too.
FocusScope {
    id: root

    property bool chinese: true
    property bool canFinish: false
    // Words on offer for the letters that wait: [{text}].
    property var words: []
    property bool digits: false
    property int first: 0
    readonly property real gap: 13
    readonly property real side: Theme.landscape ? 0 : Theme.sp.xl
    readonly property real inner: width - 2 * side
    readonly property real keyWidth: (inner - 9 * gap) / 10
    readonly property real keyHeight: Theme.landscape ? 104 : 108
    readonly property var rows: digits ? [["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"], chinese ? ["，", "。", "？", "、", "：", "-", "/", "℃", "%"] : [",", ".", "?", "'", ":", "-", "/", "℃", "%"], ["(", ")", "+", "=", "*", "#", "~"]] : [["q", "w", "e", "r", "t", "y", "u", "i", "o", "p"], ["a", "s", "d", "f", "g", "h", "j", "k", "l"], ["z", "x", "c", "v", "b", "n", "m"]]

    component Offer: Pressable {
        property bool fits: true
    }

    signal typed(string character)
    signal erased
    signal chosen(int place)
    signal languageAsked
    signal finished

    function pageWords(): void {
        let shown = 0;
        while (shown < strip.count && (strip.itemAt(shown) as Offer).fits)
            shown += 1;
        first = first + Math.max(1, shown) < words.length ? first + Math.max(1, shown) : 0;
    }

    implicitHeight: column.height + 2 * Theme.sp.m
    onWordsChanged: first = 0
    focus: true

    Keys.onPressed: event => {
        const plain = (event.modifiers & (Qt.ControlModifier | Qt.AltModifier | Qt.MetaModifier)) === 0;
        if (event.key === Qt.Key_Backspace) {
            event.accepted = true;
            erased();
        } else if (event.key === Qt.Key_Return || event.key === Qt.Key_Enter) {
            event.accepted = true;
            finished();
        } else if (plain && event.text.length === 1 && event.text >= " " && event.text !== "\u007f") {
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

                width: parent.width - nextWords.width - root.gap
                height: parent.height

                Row {
                    spacing: root.gap

                    Repeater {
                        id: strip

                        model: root.words.slice(root.first)

                        Offer {
                            id: word

                            required property var modelData
                            required property int index

                            fits: x + width <= offered.width + 1
                            objectName: "candidate_" + (root.first + index)
                            width: Math.min(offered.width, Math.max(120, label.implicitWidth + 2 * Theme.sp.m))
                            height: 104
                            text: modelData.text
                            off: !fits
                            opacity: fits ? 1 : 0
                            Accessible.ignored: !fits
                            onClicked: root.chosen(root.first + index)

                            FocusRing {
                                on: word.activeFocus
                                r: 16
                            }

                            Rectangle {
                                anchors.fill: parent
                                radius: 16
                                color: word.down || (word.index === 0 && root.first === 0) ? Theme.c.accentTint2 : "transparent"
                            }

                            Txt {
                                id: label

                                anchors.centerIn: parent
                                anchors.verticalCenterOffset: -3
                                width: Math.min(implicitWidth, offered.width - 2 * Theme.sp.m)
                                spoken: false
                                role: "heading"
                                font.weight: word.index === 0 && root.first === 0 ? Font.Bold : Font.Normal
                                color: word.index === 0 && root.first === 0 ? Theme.c.accent : Theme.c.ink
                                text: word.text
                                wrapMode: Text.NoWrap
                                elide: Text.ElideLeft
                            }
                        }
                    }
                }
            }

            Key {
                id: nextWords

                objectName: "moreWords"
                anchors.right: parent.right
                visible: root.words.length > 1
                width: 120
                height: 104
                icon: "next"
                Accessible.name: qsTr("More words")
                onClicked: root.pageWords()
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

                Repeater {
                    model: line.modelData

                    Key {
                        required property string modelData

                        objectName: "key_" + modelData
                        width: root.keyWidth
                        height: root.keyHeight
                        text: modelData
                        onClicked: root.typed(modelData)
                    }
                }

                Key {
                    objectName: "key_delete"
                    visible: line.index === 2
                    width: root.keyWidth * 2 + root.gap
                    height: root.keyHeight
                    icon: "back"
                    text: qsTr("Delete")
                    onClicked: root.erased()
                }
            }
        }

        Row {
            spacing: root.gap

            Key {
                objectName: "key_digits"
                width: root.keyWidth * 2 + root.gap
                height: Theme.landscape ? 116 : 132
                text: root.digits ? "abc" : "123"
                onClicked: root.digits = !root.digits
            }

            Key {
                objectName: "key_language"
                width: root.keyWidth * 2 + root.gap
                height: Theme.landscape ? 116 : 132
                // What letters become now; in its own script, so that whoever needs it can read it.
                text: root.chinese ? "中文" : "English"
                onClicked: root.languageAsked()
            }

            Key {
                objectName: "key_space"
                width: root.keyWidth * 3 + 2 * root.gap
                height: Theme.landscape ? 116 : 132
                text: root.words.length > 0 ? qsTr("First word") : qsTr("Space")
                onClicked: root.typed(" ")
            }

            Key {
                objectName: "key_done"
                width: root.keyWidth * 3 + 2 * root.gap
                height: Theme.landscape ? 116 : 132
                strong: root.canFinish
                icon: "check"
                text: qsTr("Done")
                onClicked: root.finished()
            }
        }
    }
}
