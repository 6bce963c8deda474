import QtQuick
import QtQuick.Window
import Daozhen.Controls
import Daozhen.ViewModels
import "screens"

// The one window: header, page and dock on a canvas measured in dp, which is scaled to the panel.
Window {
    id: window

    required property FrameViewModel frame
    required property AppearanceViewModel appearance
    required property AttractViewModel attract
    required property LanguagesViewModel languages
    required property DirectoryViewModel directory
    required property WayViewModel way
    required property AppointmentViewModel appointment
    required property ConsentViewModel consent
    required property WhoViewModel who
    required property PadViewModel pad
    required property CardViewModel card
    required property PapersViewModel papers
    required property SexViewModel sex
    required property ComplaintViewModel complaint
    required property TypingViewModel typing
    required property PickViewModel pick
    required property DangersViewModel dangers
    required property BodyViewModel body
    required property PlaceViewModel place
    required property ConfirmViewModel confirm
    required property QuestionViewModel question
    required property PainViewModel pain
    required property SummaryViewModel summary
    required property ResultViewModel result
    required property BookingViewModel booking
    required property SlipViewModel slip
    required property FarewellViewModel farewell
    required property EmergencyViewModel emergency
    required property NurseViewModel nurse
    required property DeskViewModel desk
    // Nobody reads a new page in less than these milliseconds: a double tap must not answer the next question too.
    property int guard: 350
    readonly property bool turning: sinceTurn.running
    // Full screen, and nothing closes it but the end of the process.
    property bool kiosk: false
    // On a desk PC F11 switches; a kiosk has no way out of the full screen.
    property bool fullScreen: kiosk

    readonly property var pages: ({
            attract: ["Attract", attract],
            languages: ["Languages", languages],
            directory: ["Directory", directory],
            way: ["Way", way],
            code: ["Code", pad],
            appointment: ["Appointment", appointment],
            consent: ["Consent", consent],
            who: ["Who", who],
            phone: ["Phone", pad],
            birth: ["Birth", pad],
            age: ["Age", pad],
            card: ["IdCard", card],
            papers: ["Papers", papers],
            document: ["Document", pad],
            sex: ["Sex", sex],
            complaint: ["Complaint", complaint],
            typing: ["Typing", typing],
            pick: ["Pick", pick],
            dangers: ["Dangers", dangers],
            body: ["Body", body],
            place: ["Place", place],
            confirm: ["Confirm", confirm],
            question: ["Question", question],
            pain: ["Pain", pain],
            summary: ["Summary", summary],
            result: ["Result", result],
            booking: ["Booking", booking],
            slip: ["Slip", slip],
            farewell: ["Farewell", farewell],
            emergency: ["Emergency", emergency],
            nurse: ["Nurse", nurse],
            desk: ["Desk", desk]
        })

    function turn(): void {
        if (page.screen !== frame.screen) {
            page.screen = frame.screen;
            const [file, vm] = pages[frame.screen];
            page.setSource("screens/" + file + ".qml", {
                vm: vm
            });
            canvas.forceActiveFocus();
        }
        beginAtTitle();
        motion.restart();
        sinceTurn.restart();
    }

    // With keys every page begins at its title; a pad or keyboard keeps the focus that it took.
    function beginAtTitle(): void {
        if (!appearance.byKeys || frame.screen === "typing" || pages[frame.screen][1] === pad)
            return;
        const first = canvas.nextItemInFocusChain(true);
        if (first)
            first.forceActiveFocus(Qt.TabFocusReason);
    }

    width: 1080
    height: 1920
    visible: true
    visibility: fullScreen ? Window.FullScreen : Window.Windowed
    title: frame.hospital
    color: Theme.c.paper
    onClosing: close => close.accepted = !kiosk
    Component.onCompleted: turn()

    Binding {
        target: Theme
        property: "appearance"
        value: window.appearance
    }

    Binding {
        target: Theme
        property: "landscape"
        value: canvas.landscape
    }

    Binding {
        target: Theme
        property: "scale"
        value: canvas.scale
    }

    Binding {
        target: Theme
        property: "turning"
        value: window.turning
    }

    Binding {
        target: Theme
        property: "talkRoom"
        value: say.visible && !canvas.landscape ? say.height + Theme.sp.m : 0
    }

    Timer {
        id: sinceTurn

        interval: window.guard
    }

    Shortcut {
        enabled: !window.kiosk
        sequence: "F11"
        onActivated: window.fullScreen = !window.fullScreen
    }

    Connections {
        target: window.frame

        function onPageChanged(): void {
            window.turn();
        }

        function onWarningChanged(): void {
            window.beginAtTitle();
        }
    }

    FocusScope {
        id: canvas

        readonly property bool landscape: window.width > window.height
        // The canvas is never smaller than the design's 1080 x 1920 or 1920 x 1080 dp.
        readonly property real fit: landscape ? Math.min(window.width / 1920, window.height / 1080) : Math.min(window.width / 1080, window.height / 1920)

        // Anchors, rows and texts of everything inside turn round for languages that are written from the right.
        LayoutMirroring.enabled: Theme.mirrored
        LayoutMirroring.childrenInherit: true
        focus: true
        width: window.width / scale
        height: window.height / scale
        scale: Math.max(0.1, window.appearance.scale > 0 ? Math.min(window.appearance.scale, fit) : fit)
        transformOrigin: Item.TopLeft

        Keys.onPressed: event => {
            if (!window.frame.warning)
                window.frame.touched();
            const forward = event.key === Qt.Key_Down || event.key === Qt.Key_Right;
            if (canvas.activeFocus && (forward || event.key === Qt.Key_Up || event.key === Qt.Key_Left)) {
                event.accepted = true;
                (window.activeFocusItem ?? canvas).nextItemInFocusChain(forward).forceActiveFocus(Qt.TabFocusReason);
            }
        }

        Header {
            id: header

            objectName: "header"
            x: Theme.sp.xl
            y: 36
            width: parent.width - 2 * Theme.sp.xl - (say.visible && canvas.landscape ? say.width + Theme.sp.xl : 0)
            height: 72
            frame: window.frame
            // In big text there is no room for both.
            opacity: toasts.above && (called.visible || insurance.visible) ? 0 : 1
        }

        Item {
            width: parent.width
            height: parent.height - (dock.visible ? dock.height : 0) - Theme.talkRoom
            enabled: !window.frame.warning

            Loader {
                id: page

                property string screen

                width: parent.width
                height: parent.height
                visible: !window.frame.warning
            }
        }

        // For pages without a button to talk of their own: above the dock, or in the header of a low and wide screen.
        TalkBar {
            id: say

            objectName: "say"
            visible: window.frame.canSay && !window.frame.warning
            compact: true
            iconPx: 44
            height: 88
            width: canvas.landscape ? 560 : parent.width - 2 * Theme.sp.xl
            x: canvas.landscape && !Theme.mirrored ? parent.width - width - Theme.sp.xl : Theme.sp.xl
            y: canvas.landscape ? 28 : dock.y - height - Theme.sp.m
            listening: window.frame.listening
            recognising: window.frame.recognising
            words: window.frame.sayWords
            rest: qsTr("Hold and say it")
            onBegin: window.frame.talkPressed()
            onTapped: window.frame.talkTapped()
            onFinish: window.frame.talkReleased()
        }

        IdleWarning {
            width: parent.width
            height: dock.y
            frame: window.frame
        }

        Row {
            id: toasts

            readonly property bool above: Theme.big > 1 || (canvas.landscape && insurance.visible)
            readonly property bool both: called.width + wanted.width + spacing <= parent.width - 2 * Theme.sp.xl

            x: canvas.landscape ? Theme.sp.xl : (parent.width - width) / 2
            y: above ? 16 : 112
            visible: window.frame.screen !== "emergency" && !window.frame.warning
            spacing: Theme.sp.s

            Toast {
                id: insurance

                objectName: "insuranceNotice"
                visible: window.frame.insurance !== ""
                icon: window.frame.insured ? "check" : "idcard"
                text: window.frame.insurance
            }

            Toast {
                id: wanted

                objectName: "headphonesWanted"
                // What was just scanned is news; this can wait.
                visible: window.appearance.headphonesWanted && !insurance.visible
                icon: "ear"
                text: qsTr("Plug in headphones to hear your own words")
            }

            Toast {
                id: called

                visible: window.frame.nurseCalled && !insurance.visible && (toasts.both || !wanted.visible)
                icon: "nurse"
                text: qsTr("Your call is noted")
            }
        }

        Dock {
            id: dock

            visible: window.frame.hasDock
            width: parent.width
            anchors.bottom: parent.bottom
            home: window.frame.home
            otherLanguage: window.frame.otherLanguage
            canGoBack: window.frame.canGoBack && !window.frame.warning
            onLanguageAsked: window.frame.changeLanguage()
            onBackAsked: window.frame.back()
            onEndAsked: window.frame.end()
            canRead: window.appearance.canRead
            reading: window.appearance.readAloud
            onReadAsked: window.appearance.toggleReadAloud()
            onBigTextAsked: window.appearance.nextTextSize()
            onContrastAsked: window.appearance.toggleContrast()
            onLowAsked: window.appearance.toggleLow()
            onNurseAsked: window.frame.callNurse()
        }

        // Dark for whoever looks over a shoulder; every touch shows the screen again.
        Rectangle {
            objectName: "curtain"
            anchors.fill: parent
            visible: window.appearance.curtain
            color: "#000000"

            Txt {
                x: Theme.sp.xl
                width: parent.width - 2 * x
                anchors {
                    bottom: parent.bottom
                    bottomMargin: Theme.sp.xl
                }
                horizontalAlignment: Text.AlignHCenter
                role: "caption"
                color: "#8A8A8A"
                text: qsTr("The screen is dark. Touch it or hold the hash key to see it.")
            }
        }

        // On top of everything and without taking anything: any touch says that somebody is there. The idle warning
        // has its own answers; ending it on press would take the button away under the finger.
        Item {
            anchors.fill: parent

            PointHandler {
                onActiveChanged: if (active && !window.frame.warning)
                    window.frame.touched()
            }
        }
    }

    ParallelAnimation {
        id: motion

        NumberAnimation {
            target: page
            property: "x"
            from: window.frame.forward !== Theme.mirrored ? Theme.motion.pageShift : -Theme.motion.pageShift
            to: 0
            duration: Theme.motion.page
            easing.type: Easing.OutCubic
        }

        NumberAnimation {
            target: page
            property: "opacity"
            from: Theme.still ? 1 : 0
            to: 1
            duration: Theme.motion.page
            easing.type: Easing.OutCubic
        }
    }
}
