import SluiceProxy
import Testing

/// Both peers have all of the other's bytes and its end in order, and the session has ended so.
func expectCompleted(_ rig: SessionRig, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(rig.firstComplaint == nil, sourceLocation: sourceLocation)
    #expect(rig.isFinished, "\(rig.commands)", sourceLocation: sourceLocation)
    #expect(rig.session.report.end == SessionEnd(.completed), sourceLocation: sourceLocation)
    for side in ProxySide.allCases {
        #expect(rig[side].receivedByteCount == rig[side.other].sentByteCount, sourceLocation: sourceLocation)
        #expect(rig[side].sentByteCount == rig[side].byteCount, sourceLocation: sourceLocation)
        #expect(rig[side].seenEnd == .inOrder, sourceLocation: sourceLocation)
    }
}

/// The session is over, for this reason, and nothing is left of it to do.
func expectEnded(
    _ rig: SessionRig,
    _ reason: SessionEnd.Reason,
    _ side: ProxySide? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(rig.session.report.end?.reason == reason, sourceLocation: sourceLocation)
    #expect(rig.session.report.end?.side == side, sourceLocation: sourceLocation)
    expectOver(rig, sourceLocation: sourceLocation)
}

/// The session is over, and nothing is left of it to do.
func expectOver(_ rig: SessionRig, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(rig.firstComplaint == nil, sourceLocation: sourceLocation)
    #expect(rig.isFinished, "\(rig.commands)", sourceLocation: sourceLocation)
    #expect(rig.session.deadline == nil, sourceLocation: sourceLocation)
    for side in ProxySide.allCases {
        let wantsBytes = rig.session.wantsBytes(from: side)
        let byteCount = rig.session.transmittableByteCount(to: side)
        #expect(!wantsBytes, sourceLocation: sourceLocation)
        #expect(byteCount == 0, sourceLocation: sourceLocation)
    }
}
