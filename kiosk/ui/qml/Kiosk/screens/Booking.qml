pragma ComponentBehavior: Bound

import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// Doctors and their times, or a number without a doctor.
Shell {
    id: root

    required property BookingViewModel vm
    readonly property real leftWidth: sideBySide ? 740 : body.width
    property int first: 0

    title: !vm.searching && vm.doctors.length === 0 ? vm.moving ? qsTr("No other time is free") : qsTr("Take a number") : qsTr("Choose a doctor and time")
    subtitle: (Theme.big > 1 && Theme.landscape) || vm.doctors.length === 0 ? "" : vm.subtitle
    contentHeight: 1400
    need: sideBySide ? Math.max(sideLeast + actions.height, (cards.itemAt(0)?.height ?? 0) + notices.height + (vm.doctors.length > 1 ? more.height + Theme.sp.m : 0) + Theme.sp.m) : actions.height + Theme.sp.m + (vm.doctors.length === 0 ? nobody.height : (cards.itemAt(0)?.height ?? 0) + (vm.doctors.length > 1 ? Theme.sp.m + more.height : 0))

    Connections {
        target: root.vm

        function onDoctorsChanged(): void {
            if (root.first >= root.vm.doctors.length)
                root.first = 0;
        }
    }

    Item {
        id: body

        // As many doctors as there is room for; the rest comes with "more doctors".
        readonly property real free: root.sideBySide ? height - (notices.height > 0 ? notices.height + Theme.sp.m : 0) : actions.y - Theme.sp.m
        readonly property bool compact: root.sideBySide || notices.height > 0 || Theme.talkRoom > 0
        readonly property real one: (compact ? 312 : 350) + (Theme.big > 1 ? 50 : 0)
        // On a tall panel the arm ends before the room does.
        readonly property real near: Theme.low && !root.sideBySide ? Math.min(free, Theme.target.lowReach - root.dockHeight - actions.height - Theme.sp.m - Theme.sp.xl) : free
        readonly property int fitting: Theme.largest ? 1 : Math.max(1, Math.floor((near + Theme.sp.m) / one))
        readonly property bool paged: root.vm.doctors.length > fitting
        readonly property int shown: Theme.largest ? 1 : paged ? Math.max(1, Math.floor((near - more.height - Theme.sp.m) / one)) : fitting

        anchors.fill: parent

        Card {
            id: nobody

            width: parent.width
            height: says.height + 2 * Theme.sp.l
            visible: root.vm.searching || root.vm.doctors.length === 0
            tone: "sunk"

            Icon {
                anchors {
                    left: parent.left
                    leftMargin: Theme.sp.l
                    verticalCenter: parent.verticalCenter
                }
                name: root.vm.searching ? "clock" : "calendar"
                px: 88
            }

            Txt {
                id: says

                anchors {
                    left: parent.left
                    leftMargin: 152
                    verticalCenter: parent.verticalCenter
                }
                width: parent.width - 152 - Theme.sp.l
                strong: true
                text: root.vm.searching ? qsTr("Looking for free times…") : root.vm.moving ? qsTr("Your time stays as it is.") : qsTr("No free times today. Take a number instead.")
            }
        }

        Column {
            // Down to the other buttons where the arm would not reach.
            y: !root.sideBySide && (Theme.low || root.height > 1800) ? Math.max(0, body.free - height) : 0
            width: parent.width
            spacing: Theme.sp.m

            Repeater {
                id: cards

                model: root.vm.doctors.slice(root.first, root.first + body.shown)

                DoctorCard {
                    required property var modelData

                    width: parent?.width ?? 0
                    height: implicitHeight
                    doctor: modelData
                    compact: body.compact
                    onTimeChosen: code => root.vm.chooseTime(code)
                }
            }

            BigButton {
                id: more

                objectName: "moreDoctors"
                visible: body.paged
                width: parent.width
                height: Theme.largest ? Math.max(84, implicitHeight) : 84
                kind: "quiet"
                icon: "next"
                iconPx: 44
                text: qsTr("More doctors")
                onClicked: root.first = root.first + body.shown < root.vm.doctors.length ? root.first + body.shown : 0
            }
        }

        // First what still works, then what it means; in landscape under the doctors.
        Column {
            id: notices

            y: root.sideBySide ? parent.height - height : actions.y
            width: parent.width
            spacing: Theme.sp.m

            Notice {
                objectName: "lost"
                visible: root.vm.lost !== ""
                width: parent.width
                height: implicitHeight
                icon: "clock"
                text: root.vm.lost
            }

            Notice {
                objectName: "hisDown"
                visible: root.vm.hisDown || root.vm.asOf !== ""
                width: parent.width
                height: implicitHeight
                icon: "sync"
                text: root.vm.asOf !== "" ? root.vm.asOf : qsTr("You can still be seen")
                hint: root.vm.hisDown ? qsTr("Your slip says \"to be confirmed\".") : ""
            }
        }

        Column {
            id: actions

            x: root.sideBySide ? root.sideX : 0
            anchors.bottom: parent.bottom
            width: root.leftWidth
            spacing: Theme.sp.m

            Item {
                visible: !root.sideBySide && notices.height > 0
                width: parent.width
                height: notices.height
            }

            Card {
                objectName: "walkIn"
                visible: !root.vm.searching && !root.vm.moving && root.vm.bookText !== ""
                width: parent.width
                height: Math.max(root.sideBySide || Theme.talkRoom > 0 ? 140 : 172, walk.height + 2 * Theme.sp.m)
                tone: "sunk"
                tappable: true
                off: root.vm.booking
                text: qsTr("Any doctor, now")
                hint: root.vm.walkInHint
                onClicked: root.vm.walkIn()

                Icon {
                    anchors {
                        left: parent.left
                        leftMargin: Theme.sp.l
                        verticalCenter: parent.verticalCenter
                    }
                    name: "ticket"
                    px: 88
                }

                Column {
                    id: walk

                    anchors {
                        left: parent.left
                        leftMargin: 152
                        verticalCenter: parent.verticalCenter
                        verticalCenterOffset: -2
                    }
                    width: parent.width - 152 - 96

                    Txt {
                        width: parent.width
                        spoken: false
                        role: "heading"
                        text: qsTr("Any doctor, now")
                    }

                    Txt {
                        width: parent.width
                        visible: text !== "" && !(root.sideBySide && Theme.big > 1)
                        spoken: false
                        role: "label"
                        color: Theme.c.ink2
                        text: root.vm.walkInHint
                    }
                }

                Icon {
                    anchors {
                        right: parent.right
                        rightMargin: Theme.sp.l
                        verticalCenter: parent.verticalCenter
                    }
                    name: "next"
                    px: 48
                }
            }

            Row {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: root.vm.held !== ""
                spacing: Theme.sp.s

                Icon {
                    anchors.verticalCenter: parent.verticalCenter
                    name: "clock"
                    px: 44
                    tint: Theme.c.good
                }

                Txt {
                    objectName: "held"
                    anchors.verticalCenter: parent.verticalCenter
                    role: "label"
                    strong: true
                    color: Theme.c.good
                    text: root.vm.held
                    wrapMode: Text.NoWrap
                }
            }

            BigButton {
                objectName: "book"
                visible: !root.vm.searching
                width: parent.width
                height: Math.max(root.sideBySide || Theme.talkRoom > 0 ? 140 : 172, implicitHeight)
                kind: "primary"
                look: root.vm.booking ? "busy" : "rest"
                icon: root.vm.bookText !== "" ? "check" : root.vm.moving ? "back" : "ticket"
                text: root.vm.bookText !== "" ? root.vm.bookText : root.vm.moving ? qsTr("Keep my time") : qsTr("Take a number")
                hint: root.vm.bookText === "" && !root.vm.moving ? root.vm.walkInHint : ""
                onClicked: root.vm.bookText !== "" ? root.vm.book() : root.vm.moving ? root.vm.keep() : root.vm.walkIn()
            }
        }
    }
}
