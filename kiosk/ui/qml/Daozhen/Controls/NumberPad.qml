pragma ComponentBehavior: Bound
import QtQuick

// Digits and delete; a keyboard's digits and backspace work as well once a key has the focus.
Item {
    id: root

    property real keyHeight: 132
    readonly property real keyWidth: (width - 2 * Theme.sp.s) / 3

    signal digit(string value)
    signal erase

    // Digits stand the same way round in every language.
    LayoutMirroring.enabled: false
    LayoutMirroring.childrenInherit: true
    implicitHeight: 4 * keyHeight + 3 * Theme.sp.s

    Keys.onPressed: event => {
        if (event.text.length === 1 && event.text >= "0" && event.text <= "9") {
            event.accepted = true;
            digit(event.text);
        } else if (event.key === Qt.Key_Backspace) {
            event.accepted = true;
            erase();
        }
    }

    Grid {
        columns: 3
        spacing: Theme.sp.s

        Repeater {
            model: ["1", "2", "3", "4", "5", "6", "7", "8", "9"]

            Key {
                required property string modelData

                objectName: "digit_" + modelData
                width: root.keyWidth
                height: root.keyHeight
                px: 56
                text: modelData
                onClicked: root.digit(modelData)
            }
        }

        Item {
            width: root.keyWidth
            height: root.keyHeight
        }

        Key {
            objectName: "digit_0"
            width: root.keyWidth
            height: root.keyHeight
            px: 56
            text: "0"
            onClicked: root.digit("0")
        }

        Key {
            width: root.keyWidth
            height: root.keyHeight
            icon: "backspace"
            text: qsTr("Delete")
            onClicked: root.erase()
        }
    }
}
