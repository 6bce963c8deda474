import QtQuick
import Daozhen.Controls

Window {
    id: window

    property int presses: 0
    property string digits
    property bool talking: talk.down

    width: 1080
    height: 1920
    visible: true

    Column {
        width: 984
        spacing: 24

        BigButton {
            objectName: "button"
            width: parent.width
            text: "Go on"
            hint: "to the next"
            onClicked: window.presses += 1
        }

        BigButton {
            objectName: "busy"
            width: parent.width
            text: "Book"
            look: "busy"
            onClicked: window.presses += 1
        }

        BigButton {
            id: talk

            objectName: "talk"
            width: parent.width
            text: "Hold to talk"
            icon: "mic"
        }

        ChoiceRow {
            objectName: "choice"
            width: parent.width
            text: "Yes"
            icon: "check"
            look: "selected"
            onClicked: window.presses += 1
        }

        ServiceTile {
            objectName: "service"
            width: parent.width
            text: "Check in"
            icon: "calendar"
            onClicked: window.presses += 1
        }

        ComplaintTile {
            objectName: "complaint"
            width: 234
            text: "Chest"
            icon: "heart"
            onClicked: window.presses += 1
        }

        Chip {
            objectName: "chip"
            text: "Fever"
            kind: "absent"
            onClicked: window.presses += 1
        }

        TimeChip {
            objectName: "time"
            text: "10:20"
            onClicked: window.presses += 1
        }

        Card {
            objectName: "card"
            width: parent.width
            height: 120
            text: "Any doctor"
            tappable: true
            onClicked: window.presses += 1
        }

        NumberPad {
            width: parent.width
            keyHeight: 100
            onDigit: value => window.digits += value
            onErase: window.digits = window.digits.slice(0, -1)
        }
    }
}
