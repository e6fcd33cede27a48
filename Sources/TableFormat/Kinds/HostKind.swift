/// How a host rule names its hosts.
public enum HostKind: UInt8, Sendable {
    case exact = 0, wildcard = 1, wildcardWithApex = 2, regex = 3, any = 4
}
