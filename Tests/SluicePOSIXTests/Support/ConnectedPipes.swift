import Foundation
import SluicePOSIX

/// Two pipes, one each way.
struct ConnectedPipes: ~Copyable {
    let near: DescriptorPair
    let far: DescriptorPair

    init() throws {
        var (up, down): ([CInt], [CInt]) = ([-1, -1], [-1, -1])
        guard pipe(&up) == 0, pipe(&down) == 0 else { throw POSIXError(.EMFILE) }
        // Whatever can throw comes before the first field (Swift 6.3).
        let near = DescriptorPair(input: try Descriptor(owning: down[0]), output: try Descriptor(owning: up[1]))
        let far = DescriptorPair(input: try Descriptor(owning: up[0]), output: try Descriptor(owning: down[1]))
        self.near = near
        self.far = far
    }
}
