graph [
  comment "picograph: from the graph with sha256 d21cf9a31885e38bf61ec7bff0f886ac97285ce325dbcd55572a237464d8c262; question: does it help, or not?; document: urn:picograph:document:74288f6519ea6a89a45d930ff53e355c a.txt doi:10.5555/walk"
  directed 1
  multigraph 1
  node [
    id 0
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
    id 1
    label "doi:10.5555/walk"
    kind "report"
    name "Walking &amp; talking: a &quot;pragmatic&quot; trial <draft>"
    path "a.txt"
    doi "10.5555/walk"
    year 2024
    document "urn:picograph:document:74288f6519ea6a89a45d930ff53e355c"
  ]
  node [
    id 2
    label "outcome:pain_intensity"
    kind "outcome"
    name "pain"
  ]
  node [
    id 3
    label "study:NCT00000001"
    kind "study"
    name "WALK"
    study "NCT00000001"
    registrations "NCT00000001"
    design "randomized trial"
    n 121
  ]
  node [
    id 4
    label "study:NCT00000001/arm/1"
    kind "arm"
    name "walking group"
    study "NCT00000001"
    n 60
    role "experimental"
  ]
  node [
    id 5
    label "study:NCT00000001/arm/2"
    kind "arm"
    name "usual care"
    study "NCT00000001"
    n 61
    role "usual care"
  ]
  node [
    id 6
    label "study:NCT00000001/intervention/usual_care"
    kind "intervention"
    name "usual_care (WALK)"
    study "NCT00000001"
  ]
  node [
    id 7
    label "study:NCT00000001/intervention/walking"
    kind "intervention"
    name "walking (WALK)"
    study "NCT00000001"
  ]
  node [
    id 8
    label "study:NCT00000001/population/adults with back pain"
    kind "population"
    name "adults with back pain"
    study "NCT00000001"
  ]
  node [
    id 9
    label "study:NCT00000001/population/older than 65"
    kind "population"
    name "older than 65"
    study "NCT00000001"
    criteria "age > 65 years"
  ]
  edge [
    source 0
    target 1
    key "e1"
    kind "stated in"
    name "stated in"
  ]
  edge [
    source 0
    target 2
    key "e2"
    kind "about"
    name "about"
  ]
  edge [
    source 0
    target 3
    key "e3"
    kind "found in"
    name "found in"
  ]
  edge [
    source 0
    target 4
    key "e4"
    kind "arm"
    name "arm"
  ]
  edge [
    source 0
    target 9
    key "e5"
    kind "in"
    name "in"
  ]
  edge [
    source 3
    target 1
    key "e6"
    kind "told in"
    name "told in"
  ]
  edge [
    source 3
    target 4
    key "e7"
    kind "has arm"
    name "has arm"
  ]
  edge [
    source 3
    target 5
    key "e8"
    kind "has arm"
    name "has arm"
  ]
  edge [
    source 3
    target 8
    key "e9"
    kind "population"
    name "population"
  ]
  edge [
    source 3
    target 9
    key "e10"
    kind "population"
    name "population"
  ]
  edge [
    source 4
    target 7
    key "e11"
    kind "receives"
    name "receives"
  ]
  edge [
    source 5
    target 6
    key "e12"
    kind "receives"
    name "receives"
  ]
  edge [
    source 9
    target 8
    key "e13"
    kind "part of"
    name "part of"
  ]
]
