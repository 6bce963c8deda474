pragma ComponentBehavior: Bound
import QtQuick

// Digits, capitals and delete, for the number of a document; a keyboard works as well once the pad has the focus.
Item {
    id: root

    property real keyHeight: 108
    readonly property var rows: ["1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"]
    readonly property real keyWidth: (width - 9 * Theme.sp.xs) / 10

    signal character(string value)
    signal erase

    // Keys stand the same way round in every language.
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    implicitHeight: 4 * keyHeight + 3 * Theme.sp.xs

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
        spacing: Theme.sp.xs

        Repeater {
            model: root.rows

            Row {
                id: row

                required property string modelData
                required property int index

                anchors.horizontalCenter: parent?.horizontalCenter
                spacing: Theme.sp.xs

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
                    width: 3 * root.keyWidth + 2 * Theme.sp.xs
                    height: root.keyHeight
                    icon: "backspace"
                    text: qsTr("Delete")
                    onClicked: root.erase()
                }
            }
        }
    }
}
