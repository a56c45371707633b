/// What a service that uses the client looks like; the README shows it.
package com.example;
