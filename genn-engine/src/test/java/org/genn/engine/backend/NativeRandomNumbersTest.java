package org.genn.engine.backend;

@OnNative
class NativeRandomNumbersTest extends RandomNumbersTest {}
