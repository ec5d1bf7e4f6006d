graph [
  comment "picograph: from the graph with sha256 d21cf9a31885e38bf61ec7bff0f886ac97285ce325dbcd55572a237464d8c262; question: does it help, or not?; document: urn:picograph:document:74288f6519ea6a89a45d930ff53e355c a.txt doi:10.5555/walk; document: urn:picograph:document:be69e4c3bef60767d13f6fa63ce0c55d b.txt"
  directed 1
  multigraph 1
  node [
    id 0
    label "74288f6519ea6a89a45d930ff53e355c/f1"
    kind "finding"
    name "MD &#8722;0.50 (95% CI &#8722;1.10 to 0.10); P = 0.10"
    study "NCT00000001"
    findingkind "between"
    arm "walking group"
    comparator "usual care"
    population "adults with back pain"
    outcome "pain"
    timepoint "6 months"
    months 6
    measure "MD"
    estimate -0.50
    cilevel 95
    low -1.10
    high 0.10
    p "P = 0.10"
    direction "no difference"
    significant "false"
    finding "74288f6519ea6a89a45d930ff53e355c/f1"
    document "urn:picograph:document:74288f6519ea6a89a45d930ff53e355c"
    offsets "55-69"
    sentence "did not differ"
  ]
  node [
    id 1
    label "74288f6519ea6a89a45d930ff53e355c/f2"
    kind "finding"
    name "&#8722;1.2 points"
    study "NCT00000001"
    findingkind "within"
    arm "walking group"
    population "older than 65"
    outcome "pain"
    measure "mean change"
    estimate -1.2
    unit "points"
    direction "decreased"
    significant "true"
    finding "74288f6519ea6a89a45d930ff53e355c/f2"
    document "urn:picograph:document:74288f6519ea6a89a45d930ff53e355c"
    offsets "38-42"
    sentence "fell"
  ]
  node [
    id 2
    label "74288f6519ea6a89a45d930ff53e355c/f3"
    kind "finding"
    name "mean 61.0 (SD 9.5)"
    study "NCT00000001"
    findingkind "baseline"
    outcome "age"
    measure "mean"
    estimate 61.0
    finding "74288f6519ea6a89a45d930ff53e355c/f3"
    document "urn:picograph:document:74288f6519ea6a89a45d930ff53e355c"
  ]
  node [
    id 3
    label "74288f6519ea6a89a45d930ff53e355c/f4"
    kind "finding"
    name "3/4 studies"
    study "74288f6519ea6a89a45d930ff53e355c.other"
    findingkind "vote"
    outcome "pain"
    events 3
    total 4
    direction "decreased"
    finding "74288f6519ea6a89a45d930ff53e355c/f4"
    document "urn:picograph:document:74288f6519ea6a89a45d930ff53e355c"
  ]
  node [
    id 4
    label "be69e4c3bef60767d13f6fa63ce0c55d/f1"
    kind "finding"
    name "no change (in words only)"
    study "NCT00000001"
    findingkind "within"
    arm "walking group"
    outcome "sleep"
    direction "no difference"
    finding "be69e4c3bef60767d13f6fa63ce0c55d/f1"
    document "urn:picograph:document:be69e4c3bef60767d13f6fa63ce0c55d"
  ]
  node [
    id 5
    label "doi:10.5555/walk"
    kind "report"
    name "Walking &amp; talking: a &quot;pragmatic&quot; trial <draft>"
    path "a.txt"
    doi "10.5555/walk"
    year 2024
    document "urn:picograph:document:74288f6519ea6a89a45d930ff53e355c"
  ]
  node [
    id 6
    label "outcome:age"
    kind "outcome"
    name "age"
  ]
  node [
    id 7
    label "outcome:pain"
    kind "outcome"
    name "pain"
  ]
  node [
    id 8
    label "outcome:pain_intensity"
    kind "outcome"
    name "pain"
  ]
  node [
    id 9
    label "outcome:sleep"
    kind "outcome"
    name "sleep"
  ]
  node [
    id 10
    label "study:74288f6519ea6a89a45d930ff53e355c.other"
    kind "study"
    name "Other 2001"
    study "74288f6519ea6a89a45d930ff53e355c.other"
    secondhand "true"
  ]
  node [
    id 11
    label "study:NCT00000001"
    kind "study"
    name "WALK"
    study "NCT00000001"
    registrations "NCT00000001"
    design "randomized trial"
    n 121
  ]
  node [
    id 12
    label "study:NCT00000001/arm/1"
    kind "arm"
    name "walking group"
    study "NCT00000001"
    n 60
    role "experimental"
  ]
  node [
    id 13
    label "study:NCT00000001/arm/2"
    kind "arm"
    name "usual care"
    study "NCT00000001"
    n 61
    role "usual care"
  ]
  node [
    id 14
    label "study:NCT00000001/intervention/usual_care"
    kind "intervention"
    name "usual_care (WALK)"
    study "NCT00000001"
  ]
  node [
    id 15
    label "study:NCT00000001/intervention/walking"
    kind "intervention"
    name "walking (WALK)"
    study "NCT00000001"
  ]
  node [
    id 16
    label "study:NCT00000001/population/adults with back pain"
    kind "population"
    name "adults with back pain"
    study "NCT00000001"
  ]
  node [
    id 17
    label "study:NCT00000001/population/older than 65"
    kind "population"
    name "older than 65"
    study "NCT00000001"
    criteria "age > 65 years"
  ]
  node [
    id 18
    label "urn:picograph:document:be69e4c3bef60767d13f6fa63ce0c55d"
    kind "report"
    name "b.txt"
    path "b.txt"
    document "urn:picograph:document:be69e4c3bef60767d13f6fa63ce0c55d"
  ]
  edge [
    source 0
    target 5
    key "e1"
    kind "stated in"
    name "stated in"
  ]
  edge [
    source 0
    target 8
    key "e2"
    kind "about"
    name "about"
  ]
  edge [
    source 0
    target 11
    key "e3"
    kind "found in"
    name "found in"
  ]
  edge [
    source 0
    target 12
    key "e4"
    kind "arm"
    name "arm"
  ]
  edge [
    source 0
    target 13
    key "e5"
    kind "comparator"
    name "comparator"
  ]
  edge [
    source 0
    target 16
    key "e6"
    kind "in"
    name "in"
  ]
  edge [
    source 1
    target 5
    key "e7"
    kind "stated in"
    name "stated in"
  ]
  edge [
    source 1
    target 8
    key "e8"
    kind "about"
    name "about"
  ]
  edge [
    source 1
    target 11
    key "e9"
    kind "found in"
    name "found in"
  ]
  edge [
    source 1
    target 12
    key "e10"
    kind "arm"
    name "arm"
  ]
  edge [
    source 1
    target 17
    key "e11"
    kind "in"
    name "in"
  ]
  edge [
    source 2
    target 5
    key "e12"
    kind "stated in"
    name "stated in"
  ]
  edge [
    source 2
    target 6
    key "e13"
    kind "about"
    name "about"
  ]
  edge [
    source 2
    target 11
    key "e14"
    kind "found in"
    name "found in"
  ]
  edge [
    source 3
    target 5
    key "e15"
    kind "stated in"
    name "stated in"
  ]
  edge [
    source 3
    target 7
    key "e16"
    kind "about"
    name "about"
  ]
  edge [
    source 3
    target 10
    key "e17"
    kind "found in"
    name "found in"
  ]
  edge [
    source 4
    target 9
    key "e18"
    kind "about"
    name "about"
  ]
  edge [
    source 4
    target 11
    key "e19"
    kind "found in"
    name "found in"
  ]
  edge [
    source 4
    target 12
    key "e20"
    kind "arm"
    name "arm"
  ]
  edge [
    source 4
    target 18
    key "e21"
    kind "stated in"
    name "stated in"
  ]
  edge [
    source 10
    target 5
    key "e22"
    kind "told in"
    name "told in"
  ]
  edge [
    source 11
    target 5
    key "e23"
    kind "told in"
    name "told in"
  ]
  edge [
    source 11
    target 12
    key "e24"
    kind "has arm"
    name "has arm"
  ]
  edge [
    source 11
    target 13
    key "e25"
    kind "has arm"
    name "has arm"
  ]
  edge [
    source 11
    target 16
    key "e26"
    kind "population"
    name "population"
  ]
  edge [
    source 11
    target 17
    key "e27"
    kind "population"
    name "population"
  ]
  edge [
    source 11
    target 18
    key "e28"
    kind "told in"
    name "told in"
  ]
  edge [
    source 12
    target 15
    key "e29"
    kind "receives"
    name "receives"
  ]
  edge [
    source 13
    target 14
    key "e30"
    kind "receives"
    name "receives"
  ]
  edge [
    source 17
    target 16
    key "e31"
    kind "part of"
    name "part of"
  ]
]
