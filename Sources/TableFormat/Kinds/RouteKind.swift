/// How a route names its paths.
public enum RouteKind: UInt8, Sendable { case exact = 0, segments = 1, regex = 2 }
