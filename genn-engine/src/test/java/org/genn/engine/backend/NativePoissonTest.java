package org.genn.engine.backend;

@OnNative
class NativePoissonTest extends PoissonTest {}
