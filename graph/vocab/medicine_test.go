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
		{"hypertension", "high blood pressure|hypertension|HTN"},
		{"polycystic_ovary_syndrome", "PCOS|polycystic ovary syndrome|polycystic ovarian syndrome"},
		{"gastroesophageal_reflux_disease", "acid reflux|GERD|gastro-oesophageal reflux disease"},
		{"alzheimer_disease", "Alzheimer disease|Alzheimer's disease"},
		{"atopic_dermatitis", "eczema|atopic dermatitis"},
		{"herpes_zoster", "shingles"},
		{"kidney_stones", "kidney stones|nephrolithiasis|urolithiasis"},
		{"parkinson_disease", "Parkinson's disease|Parkinson disease"},
		{"fasting_glucose", "fasting blood sugar|fasting plasma glucose|FPG"},
		{"fev1", "FEV1|forced expiratory volume in one second"},
		{"coronary_artery_bypass_grafting", "CABG|coronary bypass surgery"},
		{"knee_replacement", "total knee arthroplasty|knee replacement|TKA"},
		{"urinary_tract_infection urinary_tract_infection_outcome", "UTI|urinary tract infection"},
		{"miscarriage miscarriage_outcome", "Miscarriage|miscarriages"},
		{"myocardial_infarction myocardial_infarction_outcome", "heart attack|myocardial infarction"},
		{"cesarean_delivery cesarean_section", "C-section|caesarean section"},
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
		{"diabetes", "type_1_diabetes type_2_diabetes gestational_diabetes diabetic_foot_ulcer"},
		{"cardiovascular_disease", "hypertension myocardial_infarction ischemic_stroke atrial_fibrillation heart_failure pulmonary_embolism"},
		{"osteoarthritis", "knee_osteoarthritis hip_osteoarthritis"},
		{"cancer", "breast_cancer leukemia melanoma liver_cancer"},
		{"infectious_disease", "malaria hiv_infection influenza hepatitis_b septic_shock"},
		{"inflammatory_bowel_disease", "crohns_disease ulcerative_colitis"},
		{"lipids", "ldl_cholesterol triglycerides total_cholesterol"},
		{"inflammation_markers", "c_reactive_protein interleukin_6"},
		{"mortality", "neonatal_mortality maternal_mortality cardiovascular_mortality"},
		{"surgery", "knee_replacement cesarean_section laparoscopic_surgery coronary_artery_bypass_grafting"},
		{"rehabilitation", "cardiac_rehabilitation occupational_therapy"},
		{"diet_intervention", "mediterranean_diet low_sodium_diet"},
		{"dietary_supplement", "vitamin_d iron zinc probiotic curcumin"},
	} {
		for id := range strings.FieldsSeq(c.narrower) {
			if _, ok := v.Concept(id); !ok || !v.IsA(id, c.broader) {
				t.Errorf("%s is no %s", id, c.broader)
			}
		}
	}
}

// TestMeasuredBy holds what instruments of several fields measure, and which way is good.
func TestMeasuredBy(t *testing.T) {
	v := load(t)
	for _, c := range []struct{ form, outcome, better string }{
		{"DLQI", "quality_of_life", Lower},
		{"PedsQL", "quality_of_life", Higher},
		{"Fugl-Meyer Assessment", "motor_function", Higher},
		{"Y-BOCS", "ocd_symptoms", Lower},
		{"IPSS", "lower_urinary_tract_symptoms", Lower},
		{"ACR20", "treatment_response", Higher},
		{"Harris Hip Score", "physical_function", Higher},
		{"FLACC", "pain_severity", Lower},
	} {
		ids := v.Named(c.form, TypeInstrument)
		if len(ids) != 1 {
			t.Errorf("Named(%q) = %v", c.form, ids)
			continue
		}
		k, _ := v.Concept(ids[0])
		if !strings.Contains(" "+strings.Join(k.Related, " ")+" ", " "+c.outcome+" ") || k.Better != c.better {
			t.Errorf("%s is related to %v, better %s", c.form, k.Related, k.Better)
		}
	}
}

// TestWordsOfMoreMeanings holds that words which mean other things elsewhere stand for nothing by themselves.
func TestWordsOfMoreMeanings(t *testing.T) {
	v := load(t)
	for _, text := range []string{
		"iron", "calcium", "potassium", "zinc", "attention", "MS", "PE", "RA", "ACT", "MAP", "the cold room", "lead", "it aids them",
	} {
		for _, m := range v.Mentions(text, 0) {
			if !m.Ambiguous {
				t.Errorf("%q: %q stands for %v", text, m.Form, m.Concepts)
			}
		}
	}
}
