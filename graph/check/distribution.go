package check

import "math"

// tinyFraction keeps a continued fraction away from a division by zero.
const tinyFraction = 1e-300

// betaPart returns the regularized incomplete beta function I_x(a, b), the part of a beta distribution below x, by its
// continued fraction: Abramowitz and Stegun 1964, 26.5.8 (NIST DLMF 8.17.22), worked out as Lentz does.
func betaPart(x, a, b float64) float64 {
	switch {
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	case x > (a+1)/(a+b+2):
		return 1 - betaPart(1-x, b, a)
	}
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	front := math.Exp(lab-la-lb+a*math.Log(x)+b*math.Log1p(-x)) / a
	f, c, d := 1.0, 1.0, 0.0
	for m := range 500 {
		n := float64(m)
		terms := []float64{1}
		if m > 0 {
			terms = []float64{n * (b - n) * x / ((a + 2*n - 1) * (a + 2*n))}
		}
		terms = append(terms, -(a+n)*(a+b+n)*x/((a+2*n)*(a+2*n+1)))
		step := 1.0
		for i, t := range terms {
			if m == 0 && i == 0 {
				continue // the fraction begins with 1
			}
			d = nonzero(1 + t*d)
			c = nonzero(1 + t/c)
			d = 1 / d
			f *= c * d
			step = c * d
		}
		if math.Abs(step-1) < 1e-14 {
			break
		}
	}
	return front / f
}

// nonzero keeps a number away from zero.
func nonzero(f float64) float64 {
	if math.Abs(f) < tinyFraction {
		return tinyFraction
	}
	return f
}

// gammaRest returns the regularized upper incomplete gamma function Q(a, x), the part of a gamma distribution above x: by
// its series below a + 1 (Abramowitz and Stegun 1964, 6.5.29), else by its continued fraction (6.5.31).
func gammaRest(a, x float64) float64 {
	if x <= 0 {
		return 1
	}
	lg, _ := math.Lgamma(a)
	front := math.Exp(a*math.Log(x) - x - lg)
	if x < a+1 {
		sum, term := 1/a, 1/a
		for n := 1.0; n < 2000 && term > sum*1e-16; n++ {
			term *= x / (a + n)
			sum += term
		}
		return 1 - front*sum
	}
	b := x + 1 - a
	c, d := 1/tinyFraction, 1/b
	f := d
	for n := 1.0; n < 2000; n++ {
		t := -n * (n - a)
		b += 2
		d = 1 / nonzero(t*d+b)
		c = nonzero(b + t/c)
		f *= c * d
		if math.Abs(c*d-1) < 1e-15 {
			break
		}
	}
	return front * f
}

// studentP returns the two-sided P value of a t statistic with some degrees of freedom (Abramowitz and Stegun 1964,
// 26.7.1).
func studentP(t, df float64) float64 { return betaPart(df/(df+t*t), df/2, 0.5) }

// varianceP returns the P value of an F statistic (Abramowitz and Stegun 1964, 26.6.2).
func varianceP(f, df1, df2 float64) float64 {
	if f <= 0 {
		return 1
	}
	return betaPart(df2/(df2+df1*f), df2/2, df1/2)
}

// squareP returns the P value of a chi-square statistic (Abramowitz and Stegun 1964, 26.4.19).
func squareP(x, df float64) float64 { return gammaRest(df/2, x/2) }

// exactP returns the two-sided P value of Fisher's exact test for x of n against y of m: the sum of the probabilities of
// all tables with the same margins that are no more likely (Fisher 1935, The Design of Experiments, section 11;
// two-sided as in Agresti 1992, Stat Sci 7:131-153).
func exactP(x, n, y, m int) float64 {
	total, hits := n+m, x+y
	logChoose := func(n, k int) float64 {
		a, _ := math.Lgamma(float64(n + 1))
		b, _ := math.Lgamma(float64(k + 1))
		c, _ := math.Lgamma(float64(n - k + 1))
		return a - b - c
	}
	all := logChoose(total, hits)
	of := func(k int) float64 { return math.Exp(logChoose(n, k) + logChoose(m, hits-k) - all) }
	seen := of(x)
	p := 0.0
	for k := max(0, hits-m); k <= min(n, hits); k++ {
		if q := of(k); q <= seen*(1+1e-7) {
			p += q
		}
	}
	return math.Min(p, 1)
}

// tableP returns the P value of Pearson's chi-square test, without correction, for x of n against y of m; it is NaN where
// all or none had the event (Cochrane Handbook, section 6.4, for the table).
func tableP(x, n, y, m float64) float64 {
	hits, misses := x+y, n+m-x-y
	if hits == 0 || misses == 0 {
		return math.NaN()
	}
	d := x*(m-y) - y*(n-x)
	return squareP(d*d*(n+m)/(n*m*hits*misses), 1)
}
