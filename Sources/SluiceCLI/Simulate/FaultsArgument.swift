import ArgumentParser
import SluiceSimulation

/// The name of what a network does.
struct FaultsArgument: ExpressibleByArgument {
    let profile: FaultProfile

    init(profile: FaultProfile) {
        self.profile = profile
    }

    init?(argument: String) {
        guard let profile = FaultProfile(rawValue: argument) else { return nil }
        self.init(profile: profile)
    }

    var defaultValueDescription: String { profile.rawValue }

    static var allValueStrings: [String] { FaultProfile.allCases.map(\.rawValue) }
}
