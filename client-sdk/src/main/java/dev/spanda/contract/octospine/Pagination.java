package dev.spanda.contract.octospine;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Which part of a list an answer holds.
 *
 * @param total how many rows the whole list has
 * @param limit how many rows were asked for
 * @param offset how many rows stand before this part
 * @param hasMore whether rows follow
 */
public record Pagination(
    @JsonProperty("total") long total,
    @JsonProperty("limit") int limit,
    @JsonProperty("offset") long offset,
    @JsonProperty("has_more") boolean hasMore) {}
