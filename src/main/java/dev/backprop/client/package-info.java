/// The server as interfaces for Spring's HTTP service clients, with the records of requests and
/// replies: a service calls `/predict` by injecting [BackpropModels].
///
/// It is a jar of its own (classifier `client`, for Java 17 and up), needs spring-web and Jackson
/// and nothing of the server, and reads replies leniently, so that a newer server does not break
/// it.
@NullMarked
package dev.backprop.client;

import org.jspecify.annotations.NullMarked;
