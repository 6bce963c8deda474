pragma ComponentBehavior: Bound
import QtQuick

// Digits, capitals and delete, for the number of a document; a keyboard works as well once the pad has the focus.
Item {
    id: root

    property real keyHeight: 108
    // As on the keyboard: near enough for ten keys in a row, far enough for a finger.
    readonly property real gap: 13
    readonly property var rows: ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"]
    readonly property real keyWidth: (width - 9 * gap) / 10

    signal character(string value)
    signal erase

    // Keys stand the same way round in every language.
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    implicitHeight: 4 * keyHeight + 3 * gap

    Keys.onPressed: event => {
        if (/^[0-9A-Za-z]$/.test(event.text)) {
            event.accepted = true;
            character(event.text.toUpperCase());
        } else if (event.key === Qt.Key_Backspace) {
            event.accepted = true;
            erase();
        }
    }

    Column {
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: root.gap

        Repeater {
            model: root.rows

            Row {
                id: row

                required property string modelData
                required property int index

                anchors.horizontalCenter: parent?.horizontalCenter
                spacing: root.gap

                Repeater {
                    model: row.modelData.split("")

                    Key {
                        required property string modelData

                        objectName: "code_" + modelData
                        width: root.keyWidth
                        height: root.keyHeight
                        text: modelData
                        onClicked: root.character(modelData)
                    }
                }

                Key {
                    visible: row.index === root.rows.length - 1
                    objectName: "code_delete"
                    width: 3 * root.keyWidth + 2 * root.gap
                    height: root.keyHeight
                    icon: "backspace"
                    text: qsTr("Delete")
                    onClicked: root.erase()
                }
            }
        }
    }
}
