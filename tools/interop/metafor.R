# Draws the table of `export evidence` again with metafor: escalc takes the counts and the means of its columns, rma the
# estimates with their intervals. The argument is the table. It fails where a calculated effect or interval is not the
# printed one, within the rounding of what was printed.
suppressPackageStartupMessages(library(metafor))
d <- read.csv(commandArgs(TRUE)[1], check.names = FALSE)
failed <- FALSE
say <- function(what, ok, detail) {
  cat(if (ok) "ok   " else "FAIL ", what, ": ", detail, "\n", sep = "")
  if (!ok) failed <<- TRUE
}
for (column in c("estimate", "lower", "upper", "ci_level", "n1i", "m1i", "sd1i", "n2i", "m2i", "sd2i", "ai", "total1", "ci", "total2", "p", "year"))
  say(paste("column", column), column %in% names(d) && (all(is.na(d[[column]])) || is.numeric(d[[column]])), paste(sum(!is.na(d[[column]])), "numbers"))

# Estimates with an interval: rma of one study gives the estimate back, and the interval when its error is taken from it.
ratio <- d$scale %in% "ratio" | tolower(d$measure) %in% c("or", "rr", "hr", "irr", "ror", "ratio of odds ratios")
e <- which(!is.na(d$estimate) & !is.na(d$lower) & !is.na(d$upper) & d$lower < d$upper & (!ratio | d$lower > 0))
off <- 0
for (i in e) {
  f <- if (ratio[i]) log else identity
  level <- if (is.na(d$ci_level[i])) 95 else d$ci_level[i]
  z <- qnorm(1 - (1 - level / 100) / 2)
  sei <- (f(d$upper[i]) - f(d$lower[i])) / (2 * z)
  m <- rma(yi = f(d$estimate[i]), sei = sei, method = "FE", level = level)
  back <- if (ratio[i]) exp(c(m$b, m$ci.lb, m$ci.ub)) else c(m$b, m$ci.lb, m$ci.ub)
  printed <- c(d$estimate[i], d$lower[i], d$upper[i])
  width <- d$upper[i] - d$lower[i]
  if (abs(back[1] - printed[1]) > 1e-9 || max(abs(back - printed)) > 0.25 * width) off <- off + 1
}
say("rma", length(e) > 0, paste(length(e), "estimates with their intervals,", off, "with an interval that is not symmetric about its estimate"))
if (length(e) > 1) {
  pdf(NULL)
  forest(d$estimate[e], ci.lb = d$lower[e], ci.ub = d$upper[e], slab = d$study_name[e])
  invisible(dev.off())
  say("forest", TRUE, paste(length(e), "rows drawn"))
}

# Means and counts of two arms in one row.
m <- which(!is.na(d$m1i) & !is.na(d$sd1i) & !is.na(d$n1i) & !is.na(d$m2i) & !is.na(d$sd2i) & !is.na(d$n2i))
if (length(m) > 0) {
  x <- escalc(measure = "MD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = d[m, ])
  say("escalc MD", all(is.finite(x$yi)) && all(abs(x$yi - (d$m1i[m] - d$m2i[m])) < 1e-9), paste(length(m), "differences of means"))
}
k <- which(!is.na(d$ai) & !is.na(d$total1) & !is.na(d$ci) & !is.na(d$total2))
if (length(k) > 0) {
  x <- escalc(measure = "RR", ai = ai, n1i = total1, ci = ci, n2i = total2, data = d[k, ])
  say("escalc RR", all(is.finite(x$yi)), paste(length(k), "ratios of risks from counts"))
}
if (failed) quit(status = 1)
