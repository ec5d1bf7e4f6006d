package vocab

import (
	"strings"
	"testing"
)

// stems are endings of nonproprietary names (WHO, The use of stems in the selection of INN) with the class that each stands
// for, and the names of the table that end so by chance or belong elsewhere.
var stems = []struct{ stem, class, but string }{
	{"vastatin", "statin", ""},
	{"pril", "ace_inhibitor", ""},
	{"sartan", "angiotensin_receptor_blocker", ""},
	{"olol", "beta_blocker", ""},
	{"dipine", "calcium_channel_blocker", ""},
	{"xaban", "direct_oral_anticoagulant", ""},
	{"parin", "anticoagulant", ""},
	{"grel", "antiplatelet", "Ticagrelor"},
	{"gliptin", "dpp_4_inhibitor", ""},
	{"gliflozin", "sglt2_inhibitor", ""},
	{"glutide", "glp1_agonist", ""},
	{"glitazone", "thiazolidinedione", ""},
	{"terol", "beta2_agonist", ""},
	{"prazole", "proton_pump_inhibitor", "Aripiprazole Brexpiprazole"},
	{"tidine", "h2_blocker", "Azacitidine"},
	{"setron", "ht3_antagonist", ""},
	{"cillin", "penicillin", ""},
	{"floxacin", "fluoroquinolone", ""},
	{"penem", "carbapenem", ""},
	{"cycline", "tetracycline", "Tetracycline"},
	{"conazole", "antifungal", ""},
	{"vir", "antiviral", ""},
	{"bendazole", "anthelmintic", ""},
	{"triptan", "triptan", "Triptan"},
	{"gepant", "cgrp_antagonist", ""},
	{"caine", "local_anesthetic", ""},
	{"flurane", "inhaled_anesthetic", ""},
	{"azepam", "benzodiazepine", ""},
	{"coxib", "nsaid", ""},
	{"profen", "nsaid", ""},
	{"tinib", "antineoplastic", "Tofacitinib Baricitinib Upadacitinib Filgotinib Abrocitinib Peficitinib Deucravacitinib"},
	{"citinib", "jak_inhibitor", "Deucravacitinib"},
	{"ciclib", "cdk4_6_inhibitor", ""},
	{"parib", "parp_inhibitor", ""},
	{"platin", "platinum_agent", ""},
	{"rubicin", "anthracycline", ""},
	{"relix", "gnrh_antagonist", ""},
	{"dronate", "bisphosphonate", ""},
	{"steride", "five_alpha_reductase_inhibitor", ""},
	{"afil", "pde5_inhibitor", ""},
	{"prost", "prostaglandin_analogue_eye", "Iloprost Carboprost"},
	{"sentan", "endothelin_receptor_antagonist", ""},
}

// TestStems holds each drug to the class that its name says it is of.
func TestStems(t *testing.T) {
	v := load(t)
	for _, s := range stems {
		n := 0
		for _, c := range v.Concepts() {
			if c.Type != TypeDrug || strings.Contains(c.Label, " ") || !strings.HasSuffix(strings.ToLower(c.Label), s.stem) || strings.Contains(" "+s.but+" ", " "+c.Label+" ") {
				continue
			}
			n++
			if !v.IsA(c.ID, s.class) {
				t.Errorf("%s ends in -%s and is no %s", c.Label, s.stem, s.class)
			}
		}
		if n == 0 {
			t.Errorf("no drug ends in -%s", s.stem)
		}
	}
}

// TestNamesOfOneThing holds the names that people use for one thing together.
func TestNamesOfOneThing(t *testing.T) {
	v := load(t)
	for _, c := range []struct{ id, names string }{
		{"acetaminophen", "paracetamol|Tylenol|Panadol|acetaminophen"},
		{"salbutamol", "albuterol|salbutamol|Ventolin"},
		{"epinephrine", "adrenaline|epinephrine"},
		{"furosemide", "frusemide|Lasix"},
		{"trimethoprim_sulfamethoxazole", "co-trimoxazole|cotrimoxazole|TMP-SMX|trimethoprim/sulfamethoxazole"},
		{"amoxicillin_clavulanate", "co-amoxiclav|amoxicillin-clavulanate|Augmentin"},
		{"warfarin", "Coumadin|warfarin"},
		{"antiretroviral", "antiretroviral therapy|HAART|highly active antiretroviral therapy"},
		{"nitroglycerin", "glyceryl trinitrate|nitroglycerine"},
		{"semaglutide", "Ozempic|Wegovy"},
		{"omega_3", "fish oil|omega-3 fatty acids"},
	} {
		for name := range strings.SplitSeq(c.names, "|") {
			if got := strings.Join(v.Named(name), " "); got != c.id {
				t.Errorf("Named(%q) = %q, want %s", name, got, c.id)
			}
		}
	}
}

// TestKinds holds what is narrower than what across medicine.
func TestKinds(t *testing.T) {
	v := load(t)
	for _, c := range []struct {
		broader, narrower string
	}{
		{"antihypertensive", "lisinopril losartan amlodipine metoprolol hydrochlorothiazide spironolactone"},
		{"antibiotic", "amoxicillin azithromycin ciprofloxacin doxycycline vancomycin meropenem"},
		{"antithrombotic", "warfarin apixaban enoxaparin aspirin clopidogrel alteplase"},
		{"glucose_lowering_drug", "metformin insulin_glargine semaglutide empagliflozin gliclazide"},
		{"chemotherapy", "cisplatin paclitaxel doxorubicin fluorouracil vincristine irinotecan"},
		{"corticosteroid", "prednisone dexamethasone budesonide triamcinolone"},
		{"biologic_dmard", "adalimumab etanercept tocilizumab abatacept"},
		{"antiviral", "oseltamivir tenofovir sofosbuvir aciclovir"},
		{"vaccine", "influenza_vaccine hpv_vaccine covid_19_vaccine"},
		{"anesthetic", "propofol sevoflurane bupivacaine"},
		{"dietary_supplement", "vitamin_d iron zinc probiotic curcumin"},
	} {
		for id := range strings.FieldsSeq(c.narrower) {
			if _, ok := v.Concept(id); !ok || !v.IsA(id, c.broader) {
				t.Errorf("%s is no %s", id, c.broader)
			}
		}
	}
}
