import Foundation

/// Files that tests read, by name.
public enum Fixtures {}
