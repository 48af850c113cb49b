/**
 * What a person reads: {@link dev.spanda.server.web.OpenApiWriter} describes contracts as OpenAPI
 * 3.1, {@link dev.spanda.server.web.Pages} shows such a description by Swagger UI and Redoc, both
 * from this server alone.
 */
@NullMarked
package dev.spanda.server.web;

import org.jspecify.annotations.NullMarked;
