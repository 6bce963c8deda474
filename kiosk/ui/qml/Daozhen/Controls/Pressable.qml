import QtQuick

// What every control shares: finger, mouse, keys and assistive technology press it alike. `clicked` comes on release;
// `down` is true in between, which is what push-to-talk watches. `off` takes no presses and no focus.
Item {
    id: root

    property string text
    property string hint
    property bool off: false
    // Helpers that stay where they are when the page turns take every press.
    property bool steady: false
    // Who may hear it read aloud, as in Txt.
    property bool personal: false
    property bool openWords: false
    // As in Txt: on one step with what stands below it, so that no "yes" is seen without its "no".
    property bool heads: false
    readonly property bool down: !off && (finger.pressed || keyDown)
    property bool keyDown: false

    signal clicked

    function press(): void {
        if (steady || !Theme.turning)
            clicked();
    }

    function step(forward: bool): void {
        const next = nextItemInFocusChain(forward);
        if (next)
            next.forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason);
    }

    function presses(key: int): bool {
        return key === Qt.Key_Space || key === Qt.Key_Return || key === Qt.Key_Enter;
    }

    activeFocusOnTab: !off
    onActiveFocusChanged: keyDown = false
    onOffChanged: keyDown = false

    Keys.onPressed: event => {
        if (presses(event.key)) {
            event.accepted = true;
            if (!event.isAutoRepeat && !off)
                keyDown = true;
        } else if (event.key === Qt.Key_Down || event.key === Qt.Key_Right) {
            event.accepted = true;
            step(true);
        } else if (event.key === Qt.Key_Up || event.key === Qt.Key_Left) {
            event.accepted = true;
            step(false);
        }
    }
    Keys.onReleased: event => {
        if (!presses(event.key) || event.isAutoRepeat)
            return;
        event.accepted = true;
        if (keyDown) {
            keyDown = false;
            press();
        }
    }

    Accessible.role: Accessible.Button
    Accessible.name: Theme.plain(text)
    Accessible.description: Theme.plain(hint)
    Accessible.focusable: !off
    Accessible.onPressAction: if (!off)
        press()

    TapHandler {
        id: finger

        enabled: !root.off
        gesturePolicy: TapHandler.ReleaseWithinBounds
        // A slow or trembling finger still presses.
        longPressThreshold: 0
        onTapped: root.press()
    }
}
